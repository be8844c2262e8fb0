using EventEngine.Application.EventStore;
using Npgsql;

namespace EventEngine.Infrastructure.EventStore.Embedded;

/// <summary>Limits and deletion. Each takes its turn among the groups of appends, and tells all processes to forget what they know of streams.</summary>
internal sealed class StreamChanges(NpgsqlDataSource dataSource, StreamTrimmer trimmer)
{
    // The head's lock first, as an append does.
    private const string Lock = "update store.head set changes = changes + 1";

    private const string SetLimits = """
        insert into store.streams (name, max_age, max_count) values ($1, $2, $3)
        on conflict (name) do update set max_age = excluded.max_age, max_count = excluded.max_count where not store.streams.tombstoned
        """;

    private const string Delete = """
        insert into store.streams (name, truncate_before, tombstoned) values ($1, $2, $3)
        on conflict (name) do update set truncate_before = excluded.truncate_before, tombstoned = excluded.tombstoned
        """;

    public async Task<StreamMetadata> ReadLimitsAsync(string name, CancellationToken ct)
    {
        var stream = await StreamRow.ReadAsync(dataSource, name, ct);
        if (stream is { Tombstoned: true }) throw new StreamDeletedException(name);
        return new StreamMetadata(stream?.MaxAge, stream?.MaxCount);
    }

    public async Task SetLimitsAsync(string name, StreamMetadata limits, CancellationToken ct)
    {
        await using var connection = await dataSource.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await ExecuteAsync(connection, Lock, ct);
        var changed = await ExecuteAsync(connection, SetLimits, ct, name, limits.MaxAge, limits.MaxCount);
        if (changed == 0) throw new StreamDeletedException(name);
        await transaction.CommitAsync(ct);
    }

    public async Task DeleteAsync(string name, ExpectedRevision expected, bool tombstone, CancellationToken ct)
    {
        await using (var connection = await dataSource.OpenConnectionAsync(ct))
        {
            await using var transaction = await connection.BeginTransactionAsync(ct);
            await ExecuteAsync(connection, Lock, ct);
            var stream = await StreamRow.ReadAsync(connection, name, ct);
            Check(name, stream, expected);
            if (stream is not null || tombstone) await ExecuteAsync(connection, Delete, ct, name, (stream?.Last ?? -1) + 1, tombstone);
            await transaction.CommitAsync(ct);
        }

        // Hidden since the commit; what follows only frees the room.
        await trimmer.RemoveDeletedAsync(ct);
    }

    private static void Check(string name, StreamRow? stream, ExpectedRevision expected)
    {
        if (stream is { Tombstoned: true }) throw new StreamDeletedException(name);
        var head = new StreamHead(name) { TruncateBefore = stream?.TruncateBefore ?? 0, Planned = stream?.Last ?? -1 };
        if (!head.Meets(expected)) throw new WrongRevisionException(name, expected, head.Visible);
    }

    private static async Task<int> ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken ct, params object?[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
        return await command.ExecuteNonQueryAsync(ct);
    }
}
