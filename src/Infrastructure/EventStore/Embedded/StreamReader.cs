using System.Runtime.CompilerServices;
using EventEngine.Application.EventStore;
using Npgsql;

namespace EventEngine.Infrastructure.EventStore.Embedded;

/// <summary>Reads one stream, page by page, without what its limits or a deletion hide.</summary>
internal sealed class StreamReader(NpgsqlDataSource dataSource, TimeProvider time)
{
    private const string Forwards = $"""
        select {ChunkRows.Columns} from store.chunks
        where stream_id = $1
          and first_revision >= coalesce((select max(first_revision) from store.chunks where stream_id = $1 and first_revision <= $2), 0)
        order by first_revision limit $3
        """;

    private const string Backwards = $"""
        select {ChunkRows.Columns} from store.chunks where stream_id = $1 and first_revision <= $2 order by first_revision desc limit $3
        """;

    private static readonly AllFilter Everything = new(null);

    public async IAsyncEnumerable<RecordedEvent> ReadAsync(
        string name, ReadDirection direction, long? from, long limit, [EnumeratorCancellation] CancellationToken ct)
    {
        if (await StreamRow.ReadAsync(dataSource, name, ct) is not { } stream || limit <= 0) yield break;
        if (stream.Tombstoned) throw new StreamDeletedException(name);

        var (isForwards, oldest) = (direction == ReadDirection.Forwards, stream.Oldest(time.GetUtcNow()));
        var next = isForwards ? Math.Max(from ?? 0, stream.FirstVisible) : from ?? long.MaxValue;
        var size = new PageSize(limit);
        while (next >= stream.FirstVisible)
        {
            var chunks = new List<Chunk>();
            var isLast = await ReadPageAsync(isForwards ? Forwards : Backwards, stream.StreamId, next, chunks, size, ct);
            var events = new List<RecordedEvent>();
            foreach (var chunk in chunks)
            {
                if (chunk.AppendedAt < oldest) continue;
                var (low, high) = isForwards ? (next, long.MaxValue) : (stream.FirstVisible, next);
                ChunkEvents.Unpack(chunk, name, Everything, low - chunk.FirstRevision, high - chunk.FirstRevision, direction, events);
            }

            foreach (var recorded in events)
            {
                if (limit-- == 0) yield break;
                yield return recorded;
            }

            if (isLast) yield break;
            next = isForwards ? chunks[^1].LastRevision + 1 : chunks[^1].FirstRevision - 1;
        }
    }

    private async Task<bool> ReadPageAsync(string sql, long streamId, long next, List<Chunk> into, PageSize size, CancellationToken ct)
    {
        await using var connection = await dataSource.OpenConnectionAsync(ct);
        await using var command = new NpgsqlCommand(sql, connection)
        {
            Parameters =
            {
                new NpgsqlParameter<long> { TypedValue = streamId },
                new NpgsqlParameter<long> { TypedValue = next },
                new NpgsqlParameter<int> { TypedValue = size.Rows },
            },
        };
        await command.PrepareAsync(ct);
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await ChunkRows.ReadPageAsync(reader, into, size, ct);
    }
}
