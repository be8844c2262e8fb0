using EventEngine.Domain.Entries;
using EventEngine.Projections.Runtime;
using Npgsql;

namespace EventEngine.Projections.Entries;

/// <summary>The table <c>death_hours</c>.</summary>
internal static class DeathRows
{
    private const string Keys = "app_id, fingerprint, event_name, event_version, hour, received_on";

    private const string Change = $"""
        insert into death_hours as t ({Keys}, dead, ever) select * from unnest($1, $2, $3, $4, $5, $6, $7, $8)
        on conflict ({Keys}) do update set dead = t.dead + excluded.dead, ever = t.ever + excluded.ever
        """;

    // As if nothing had ever been there: what corrections have emptied must not tell one history from another.
    private const string DropEmpty = $"""
        delete from death_hours t using unnest($1, $2, $3, $4, $5, $6) as k ({Keys})
        where t.app_id = k.app_id and t.fingerprint = k.fingerprint and t.event_name = k.event_name and t.event_version = k.event_version
          and t.hour = k.hour and t.received_on = k.received_on and t.ever = 0
        """;

    private const string ForgetDay = "delete from death_hours where app_id = $1 and received_on = $2";

    public static async Task SaveAsync(NpgsqlConnection db, DeathCounts deaths, CancellationToken ct)
    {
        var cells = deaths.Changed.ToArray();
        if (cells.Length == 0) return;
        object[] keys =
        [
            Array.ConvertAll(cells, cell => cell.Key.App.Value),
            Array.ConvertAll(cells, cell => cell.Key.Fingerprint.Value),
            Array.ConvertAll(cells, cell => cell.Key.EventName),
            Array.ConvertAll(cells, cell => cell.Key.EventVersion ?? -1),
            Array.ConvertAll(cells, cell => cell.Key.Hour),
            Array.ConvertAll(cells, cell => cell.Key.ReceivedOn),
        ];
        await db.ExecuteAsync(Change, ct, [.. keys, Array.ConvertAll(cells, cell => cell.Dead), Array.ConvertAll(cells, cell => cell.Ever)]);
        if (Array.Exists(cells, cell => cell.Ever < 0)) await db.ExecuteAsync(DropEmpty, ct, keys);
    }

    /// <summary>With the day's rows of events, of which they are the sum.</summary>
    public static Task ForgetAsync(NpgsqlConnection db, Guid app, DateOnly day, CancellationToken ct) => db.ExecuteAsync(ForgetDay, ct, app, day);
}
