using Npgsql;

namespace EventEngine.Infrastructure.EventStore.Embedded;

internal static class ChunkRows
{
    public const string Columns = "first_position, stream_id, first_revision, event_count, appended_at, events";

    public static Chunk Read(NpgsqlDataReader row) => new(
        row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt32(3), row.GetDateTime(4), row.GetFieldValue<byte[]>(5));

    /// <summary>At most a page; true when the query had no more rows than were asked for and read.</summary>
    public static async Task<bool> ReadPageAsync(NpgsqlDataReader reader, List<Chunk> into, PageSize size, CancellationToken ct)
    {
        long bytes = 0;
        var asked = size.Rows;
        while (bytes < PageSize.Bytes && await reader.ReadAsync(ct))
        {
            var chunk = Read(reader);
            bytes += chunk.Events.Length;
            into.Add(chunk);
        }

        size.Learn(into.Count, bytes);
        return into.Count < asked && bytes < PageSize.Bytes;
    }
}
