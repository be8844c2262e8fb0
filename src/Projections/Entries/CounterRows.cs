using EventEngine.Domain.Apps;
using EventEngine.Domain.Entries;
using EventEngine.Projections.Runtime;
using Npgsql;

namespace EventEngine.Projections.Entries;

/// <summary>The tables <c>app_totals</c> and <c>ledger_hours</c>.</summary>
internal static class CounterRows
{
    private const string Totals = """
        insert into app_totals as t (app_id, events, pending, published, dead_lettered, latency_count, latency_sum_us)
        select * from unnest($1, $2, $3, $4, $5, $6, $7)
        on conflict (app_id) do update set
            events = t.events + excluded.events, pending = t.pending + excluded.pending, published = t.published + excluded.published,
            dead_lettered = t.dead_lettered + excluded.dead_lettered, latency_count = t.latency_count + excluded.latency_count,
            latency_sum_us = least(t.latency_sum_us::numeric + excluded.latency_sum_us, 9223372036854775807)::bigint
        """;

    private const string Ledger = """
        insert into ledger_hours as t (app_id, hour, received, stored, duplicate, rejected, refused)
        select * from unnest($1, $2, $3, $4, $5, $6, $7)
        on conflict (app_id, hour) do update set
            received = t.received + excluded.received, stored = t.stored + excluded.stored, duplicate = t.duplicate + excluded.duplicate,
            rejected = t.rejected + excluded.rejected, refused = t.refused + excluded.refused
        """;

    public static async Task SaveAsync(NpgsqlConnection db, IReadOnlyDictionary<AppId, EntryTotals> totals, LedgerChanges ledger, CancellationToken ct)
    {
        if (totals.Count > 0) await SaveAsync(db, totals.ToArray(), ct);
        if (ledger.Hours.Count > 0) await SaveAsync(db, ledger.Hours.ToArray(), ct);
    }

    private static Task<int> SaveAsync(NpgsqlConnection db, KeyValuePair<AppId, EntryTotals>[] rows, CancellationToken ct) => db.ExecuteAsync(
        Totals,
        ct,
        Array.ConvertAll(rows, row => row.Key.Value),
        Array.ConvertAll(rows, row => row.Value.Events),
        Array.ConvertAll(rows, row => row.Value.Pending),
        Array.ConvertAll(rows, row => row.Value.Published),
        Array.ConvertAll(rows, row => row.Value.DeadLettered),
        Array.ConvertAll(rows, row => row.Value.LatencyCount),
        Array.ConvertAll(rows, row => row.Value.LatencySumUs));

    private static Task<int> SaveAsync(NpgsqlConnection db, KeyValuePair<(AppId App, DateTimeOffset Hour), LedgerHour>[] rows, CancellationToken ct) => db.ExecuteAsync(
        Ledger,
        ct,
        Array.ConvertAll(rows, row => row.Key.App.Value),
        Array.ConvertAll(rows, row => row.Key.Hour),
        Array.ConvertAll(rows, row => row.Value.Received),
        Array.ConvertAll(rows, row => row.Value.Stored),
        Array.ConvertAll(rows, row => row.Value.Duplicate),
        Array.ConvertAll(rows, row => row.Value.Rejected),
        Array.ConvertAll(rows, row => row.Value.Refused));
}
