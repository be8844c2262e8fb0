using EventEngine.Domain.Apps;
using EventEngine.Domain.Entries;
using EventEngine.Domain.Retention;
using EventEngine.Projections.Runtime;
using Npgsql;

namespace EventEngine.Projections.Entries;

/// <summary>The table <c>daily_totals</c>.</summary>
internal static class DailyTotalRows
{
    private const string Change = """
        insert into daily_totals as t (app_id, day, events, pending, published, dead_lettered, latency_count, latency_sum_us)
        select * from unnest($1, $2, $3, $4, $5, $6, $7, $8)
        on conflict (app_id, day) do update set
            events = t.events + excluded.events, pending = t.pending + excluded.pending, published = t.published + excluded.published,
            dead_lettered = t.dead_lettered + excluded.dead_lettered, latency_count = t.latency_count + excluded.latency_count,
            latency_sum_us = least(t.latency_sum_us::numeric + excluded.latency_sum_us, 9223372036854775807)::bigint
        """;

    // As if nothing had ever been there: what corrections have emptied must not tell one history from another.
    private const string DropEmpty = """
        delete from daily_totals t using unnest($1, $2) as k (app_id, day) where t.app_id = k.app_id and t.day = k.day
          and (t.events, t.pending, t.published, t.dead_lettered, t.latency_count, t.latency_sum_us) = (0, 0, 0, 0, 0, 0)
        """;

    private const string Forget = "delete from daily_totals where app_id = $1 and day = $2";

    public static async Task SaveAsync(NpgsqlConnection db, IEnumerable<KeyValuePair<(AppId App, DateOnly Day), EntryTotals>> changes, CancellationToken ct)
    {
        var rows = changes.ToArray();
        if (rows.Length == 0) return;
        var (apps, days) = (Array.ConvertAll(rows, row => row.Key.App.Value), Array.ConvertAll(rows, row => row.Key.Day));
        await db.ExecuteAsync(
            Change,
            ct,
            apps,
            days,
            Array.ConvertAll(rows, row => row.Value.Events),
            Array.ConvertAll(rows, row => row.Value.Pending),
            Array.ConvertAll(rows, row => row.Value.Published),
            Array.ConvertAll(rows, row => row.Value.DeadLettered),
            Array.ConvertAll(rows, row => row.Value.LatencyCount),
            Array.ConvertAll(rows, row => row.Value.LatencySumUs));
        await db.ExecuteAsync(DropEmpty, ct, apps, days);
    }

    /// <summary>What a closed day has moved, for good.</summary>
    public static async Task CloseAsync(NpgsqlConnection db, Guid app, DateOnly day, ClosedTotals closed, CancellationToken ct)
    {
        await db.ExecuteAsync(Forget, ct, app, day);
        var totals = new EntryTotals();
        totals.Add(closed.Events, closed.Pending, closed.Published, closed.DeadLettered, closed.LatencyCount, closed.LatencySumUs);
        await SaveAsync(db, [KeyValuePair.Create((new AppId(app), day), totals)], ct);
    }
}
