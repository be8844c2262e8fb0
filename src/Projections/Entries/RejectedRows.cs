using EventEngine.Projections.Runtime;
using Npgsql;

namespace EventEngine.Projections.Entries;

/// <summary>The table <c>rejected_entries</c>: what validation turned down, to be looked at.</summary>
internal static class RejectedRows
{
    private const string Insert = """
        insert into rejected_entries (app_id, received_at, commit_position, prepare_position, index, reason, event_id, event_name, received_on)
        select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9)
        """;

    public static async Task SaveAsync(NpgsqlConnection db, List<Rejection> rejections, CancellationToken ct)
    {
        if (rejections.Count == 0) return;
        var rows = rejections.ToArray();
        await db.ExecuteAsync(
            Insert,
            ct,
            Array.ConvertAll(rows, row => row.Stored.Subject),
            Array.ConvertAll(rows, row => row.Entry.At.ToUniversalTime()),
            Array.ConvertAll(rows, row => row.Stored.Position.Commit),
            Array.ConvertAll(rows, row => row.Stored.Position.Prepare),
            Array.ConvertAll(rows, row => row.Entry.Index),
            Array.ConvertAll(rows, row => row.Entry.Reason),
            Array.ConvertAll(rows, row => row.Entry.EventId),
            Array.ConvertAll(rows, row => row.Entry.EventName),
            Array.ConvertAll(rows, row => DateOnly.FromDateTime(row.Entry.At.UtcDateTime)));
    }
}
