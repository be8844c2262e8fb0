using System.Collections.Concurrent;
using Npgsql;
using NpgsqlTypes;

namespace EventEngine.Infrastructure.EventStore.Embedded;

/// <summary>Names of streams by their ids, and what of them was deleted; remembered until the store counts a change.</summary>
internal sealed class StreamCatalog
{
    private const int MaxRemembered = 100_000;
    private const string Load = "select stream_id, name, truncate_before from store.streams where stream_id = any($1)";
    private volatile Known _known = new(-1, []);

    public async Task<IReadOnlyDictionary<long, StreamInfo>> ResolveAsync(List<Chunk> chunks, long changes, NpgsqlConnection connection, CancellationToken ct)
    {
        var known = _known;
        if (known.Changes < changes || known.Streams.Count > MaxRemembered) _known = known = new Known(changes, []);
        HashSet<long>? missing = null;
        var last = -1L;
        foreach (var chunk in chunks)
        {
            if (chunk.StreamId != last && !known.Streams.ContainsKey(chunk.StreamId)) (missing ??= []).Add(chunk.StreamId);
            last = chunk.StreamId;
        }

        if (missing is not null) await LoadAsync([.. missing], known.Streams, connection, ct);
        return known.Streams;
    }

    private static async Task LoadAsync(long[] ids, ConcurrentDictionary<long, StreamInfo> into, NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(Load, connection)
        {
            Parameters = { new() { Value = ids, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint } },
        };
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) into[reader.GetInt64(0)] = new StreamInfo(reader.GetString(1), reader.GetInt64(2));
    }

    private sealed record Known(long Changes, ConcurrentDictionary<long, StreamInfo> Streams);
}

internal sealed record StreamInfo(string Name, long TruncateBefore);
