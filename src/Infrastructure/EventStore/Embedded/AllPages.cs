using EventEngine.Application.EventStore;
using Npgsql;

namespace EventEngine.Infrastructure.EventStore.Embedded;

/// <summary>Reads pieces of the store's one order, each in a short transaction of its own.</summary>
internal sealed class AllPages(NpgsqlDataSource dataSource)
{
    // A filter looks through so many positions at a time, so that a stretch without a match is no long query.
    private const long Stretch = 250_000;

    private const string After = $"""
        select {ChunkRows.Columns} from store.chunks
        where first_position >= coalesce((select max(first_position) from store.chunks where first_position <= $1), 0)
        order by first_position limit $2
        """;

    // Not a join, lest the planner sort the whole stretch to give the first rows of it.
    private const string AfterInStreams = $"""
        select {ChunkRows.Columns} from store.chunks c
        where first_position between coalesce((select max(first_position) from store.chunks where first_position <= $1), 0) and $3
          and (select s.name ^@ any($4) from store.streams s where s.stream_id = c.stream_id)
        order by first_position limit $2
        """;

    private const string Before = $"select {ChunkRows.Columns} from store.chunks where first_position <= $1 order by first_position desc limit $2";

    private readonly StreamCatalog _catalog = new();

    /// <summary>From <paramref name="start"/>, inclusive, towards the head.</summary>
    public async Task<AllPage> ForwardsAsync(long start, AllFilter filter, PageSize size, CancellationToken ct)
    {
        var stretch = filter.OnlyPrefixes is null ? long.MaxValue : start + Stretch;
        var fetched = await FetchAsync(Query(filter.OnlyPrefixes is null ? After : AfterInStreams, start, size, stretch, filter.OnlyPrefixes), size, ct);
        var events = new List<RecordedEvent>();
        foreach (var chunk in fetched.Visible())
            ChunkEvents.Unpack(chunk, fetched.NameOf(chunk), filter, start - chunk.FirstPosition, chunk.Count - 1, ReadDirection.Forwards, events);

        var edge = fetched.Chunks.Count > 0 ? Math.Max(start - 1, fetched.Chunks[^1].LastPosition) : start - 1;
        if (!fetched.IsWhole) return new AllPage(events, edge, IsLast: false);
        var looked = Math.Min(stretch, fetched.Head.Position);
        return new AllPage(events, Math.Max(edge, looked), IsLast: looked == fetched.Head.Position);
    }

    /// <summary>From <paramref name="start"/>, inclusive, towards the first event.</summary>
    public async Task<AllPage> BackwardsAsync(long start, AllFilter filter, PageSize size, CancellationToken ct)
    {
        var fetched = await FetchAsync(Query(Before, start, size), size, ct);
        var events = new List<RecordedEvent>();
        foreach (var chunk in fetched.Visible())
            ChunkEvents.Unpack(chunk, fetched.NameOf(chunk), filter, 0, start - chunk.FirstPosition, ReadDirection.Backwards, events);

        return fetched.IsWhole ? new AllPage(events, 0, IsLast: true) : new AllPage(events, fetched.Chunks[^1].FirstPosition, IsLast: false);
    }

    private static NpgsqlBatchCommand Query(string sql, long start, PageSize size, long stretch = 0, string[]? prefixes = null)
    {
        var query = new NpgsqlBatchCommand(sql)
        {
            Parameters = { new NpgsqlParameter<long> { TypedValue = start }, new NpgsqlParameter<int> { TypedValue = size.Rows } },
        };
        if (prefixes is null) return query;
        query.Parameters.Add(new NpgsqlParameter<long> { TypedValue = stretch });
        query.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = prefixes });
        return query;
    }

    private async Task<Fetched> FetchAsync(NpgsqlBatchCommand query, PageSize size, CancellationToken ct)
    {
        await using var connection = await dataSource.OpenConnectionAsync(ct);
        var chunks = new List<Chunk>();
        StoreHeadRow head;
        bool isWhole;

        // The head comes first: everything up to it is committed, hence visible to the statement that follows.
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { new(StoreHeadRows.Select), query } };
        await batch.PrepareAsync(ct);
        await using (var reader = await batch.ExecuteReaderAsync(ct))
        {
            await reader.ReadAsync(ct);
            head = StoreHeadRows.Read(reader);
            await reader.NextResultAsync(ct);
            isWhole = await ChunkRows.ReadPageAsync(reader, chunks, size, ct);
        }

        return new Fetched(head, chunks, isWhole, await _catalog.ResolveAsync(chunks, head.Changes, connection, ct));
    }

    private sealed record Fetched(StoreHeadRow Head, List<Chunk> Chunks, bool IsWhole, IReadOnlyDictionary<long, StreamInfo> Streams)
    {
        public string NameOf(Chunk chunk) => Streams[chunk.StreamId].Name;

        public IEnumerable<Chunk> Visible() => Chunks.Where(chunk => chunk.FirstRevision >= Streams[chunk.StreamId].TruncateBefore);
    }
}

/// <summary>
/// <paramref name="Edge"/> is the last position looked at, in the direction of reading; <paramref name="IsLast"/> says that nothing lay
/// beyond it.
/// </summary>
internal sealed record AllPage(List<RecordedEvent> Events, long Edge, bool IsLast);
