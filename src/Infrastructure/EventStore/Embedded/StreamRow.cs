using Npgsql;

namespace EventEngine.Infrastructure.EventStore.Embedded;

/// <summary>A row of store.streams, and the last revision that was ever given out.</summary>
internal sealed record StreamRow(long StreamId, bool Tombstoned, long TruncateBefore, TimeSpan? MaxAge, long? MaxCount, long Last)
{
    private const string Select = """
        select s.stream_id, s.tombstoned, s.truncate_before, s.max_age, s.max_count,
               greatest(s.truncate_before, (select c.first_revision + c.event_count from store.chunks c
                                            where c.stream_id = s.stream_id order by c.first_revision desc limit 1)) - 1
        from store.streams s where s.name = $1
        """;

    public long FirstVisible => Math.Max(TruncateBefore, MaxCount is { } count ? Last - count + 1 : 0);

    public bool IsEmpty => Last < TruncateBefore;

    public DateTime Oldest(DateTimeOffset now) => MaxAge is { } age && age < now - DateTimeOffset.MinValue ? (now - age).UtcDateTime : DateTime.MinValue;

    public static async Task<StreamRow?> ReadAsync(NpgsqlDataSource dataSource, string name, CancellationToken ct)
    {
        await using var connection = await dataSource.OpenConnectionAsync(ct);
        return await ReadAsync(connection, name, ct);
    }

    public static async Task<StreamRow?> ReadAsync(NpgsqlConnection connection, string name, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(Select, connection) { Parameters = { new NpgsqlParameter<string> { TypedValue = name } } };
        await command.PrepareAsync(ct);
        await using var reader = await command.ExecuteReaderAsync(ct);
        if (!await reader.ReadAsync(ct)) return null;
        return new StreamRow(
            reader.GetInt64(0),
            reader.GetBoolean(1),
            reader.GetInt64(2),
            reader.IsDBNull(3) ? null : reader.GetTimeSpan(3),
            reader.IsDBNull(4) ? null : reader.GetInt64(4),
            reader.GetInt64(5));
    }
}
