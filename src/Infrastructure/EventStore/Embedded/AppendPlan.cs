using EventEngine.Application.EventStore;
using Npgsql;

namespace EventEngine.Infrastructure.EventStore.Embedded;

/// <summary>Decides a group: one append after another, each as if it had come alone, with gap-free positions for those accepted.</summary>
internal sealed class AppendPlan(long head)
{
    private const string IdsFrom = $$"""
        select {{ChunkRows.Columns}} from store.chunks
        where stream_id = $1 and first_revision < $3
          and first_revision >= coalesce((select max(first_revision) from store.chunks where stream_id = $1 and first_revision <= $2), 0)
        order by first_revision
        """;

    public List<PendingAppend> Accepted { get; } = [];

    public int Events { get; private set; }

    public bool TryAccept(PendingAppend append)
    {
        var stream = append.Head;
        if (stream.Tombstoned || !stream.Meets(append.Expected)) return false;
        append.Accept(head + 1 + Events, stream.Planned + 1);
        stream.Planned += append.Events;
        Events += append.Events;
        Accepted.Add(append);
        return true;
    }

    /// <summary>The rows to write.</summary>
    public IEnumerable<NewChunk> Chunks()
    {
        foreach (var append in Accepted)
        {
            var (position, revision) = (append.FirstPosition, append.FirstRevision);
            for (var i = 0; i < append.Encoded.Chunks; i++)
            {
                var count = append.Encoded.EventsOf(i);
                yield return new NewChunk(position, append.Head.StreamId, revision, count, append.Encoded.BytesOf(i));
                position += count;
                revision += count;
            }
        }
    }

    /// <summary>For an append that can't be accepted: it may be the repetition of an earlier one, else it is refused.</summary>
    public async Task RefuseAsync(PendingAppend append, NpgsqlConnection connection)
    {
        var stream = append.Head;
        if (stream.Tombstoned) append.Refuse(new StreamDeletedException(append.Stream));
        else if (await FindOriginalAsync(append, connection) is { } original) append.Answer(original.Position, original.Revision);
        else append.Refuse(new WrongRevisionException(append.Stream, append.Expected, stream.Visible));
    }

    private async Task<AppendResult?> FindOriginalAsync(PendingAppend append, NpgsqlConnection connection)
    {
        var stream = append.Head;
        if (append.Expected.Known is not { } expected) return null;
        var first = expected < 0 ? stream.TruncateBefore : expected + 1;
        var last = first + append.Events - 1;
        if (first < stream.TruncateBefore || last > stream.Planned) return null;

        var stored = new Dictionary<long, (Guid Id, long Position)>();
        if (first <= stream.Last) await ReadStoredAsync(stream.StreamId, first, last, stored, connection);
        foreach (var earlier in Accepted.Where(earlier => earlier.Head == stream)) Number(earlier, stored);

        var revision = first;
        foreach (var id in append.Encoded.Ids())
        {
            if (!stored.TryGetValue(revision, out var found) || found.Id != id) return null;
            revision++;
        }

        return new AppendResult(PendingAppend.PositionAt(stored[last].Position), last);
    }

    private static void Number(PendingAppend append, Dictionary<long, (Guid Id, long Position)> into)
    {
        var offset = 0;
        foreach (var id in append.Encoded.Ids())
        {
            into[append.FirstRevision + offset] = (id, append.FirstPosition + offset);
            offset++;
        }
    }

    private static async Task ReadStoredAsync(
        long streamId, long first, long last, Dictionary<long, (Guid Id, long Position)> into, NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(IdsFrom, connection)
        {
            Parameters = { new() { Value = streamId }, new() { Value = first }, new() { Value = last + 1 } },
        };
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            var chunk = ChunkRows.Read(reader);
            var events = new ChunkReader(chunk.Events);
            for (var i = 0; events.Read(); i++) into[chunk.FirstRevision + i] = (events.Id, chunk.FirstPosition + i);
        }
    }
}
