using Npgsql;

namespace EventEngine.Infrastructure.EventStore.Embedded;

internal static class StoreHeadRows
{
    public const string Select = "select position, changes from store.head";

    public static async Task<StoreHeadRow> ReadAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(Select, connection);
        await command.PrepareAsync(ct);
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return Read(reader);
    }

    public static StoreHeadRow Read(NpgsqlDataReader reader) => new(reader.GetInt64(0), reader.GetInt64(1));
}
