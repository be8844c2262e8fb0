using EventEngine.Domain.Retention;
using EventEngine.Projections.Runtime;
using Npgsql;

namespace EventEngine.Projections.Entries;

/// <summary>
/// Closed books replace what the tables say of a day. Where its entries were applied they say the same; in a rebuild they stand in for
/// entries that are gone, and for what those would have told of the day after.
/// </summary>
internal static class ClosedDays
{
    private const string Clear = """
        delete from rollup_hours where app_id = $1 and received_on = $2
          and ($3::timestamptz is null or (hour, event_name) >= ($3, $4)) and ($5::timestamptz is null or (hour, event_name) < ($5, $6))
        """;

    private const string Fill = """
        insert into rollup_hours (app_id, received_on, hour, event_name, events, emitted, published, dead_lettered, latency_count, latency_sum_us, sketch)
        select $1, $2, * from unnest($3, $4, $5, $6, $7, $8, $9, $10, $11)
        """;

    private const string ClearLedger = "delete from ledger_hours where app_id = $1 and hour >= $2 and hour < $3";

    private const string FillLedger = """
        insert into ledger_hours (app_id, hour, received, stored, duplicate, rejected, refused) select $1, * from unnest($2, $3, $4, $5, $6, $7)
        """;

    private const string Close = """
        insert into received_days (app_id, day, late, closed_at, revision) values ($1, $2, $3, $4, $5)
        on conflict (app_id, day) do update set late = excluded.late, closed_at = excluded.closed_at, revision = excluded.revision
        """;

    public static async Task ApplyAsync(NpgsqlConnection db, Guid app, HoursClosed fact, CancellationToken ct)
    {
        await db.ExecuteAsync(Clear, ct, app, fact.Day, Utc(fact.From?.Hour), fact.From?.EventName ?? "", Utc(fact.Until?.Hour), fact.Until?.EventName ?? "");
        ClosedCell[] cells = [.. fact.Cells];
        await db.ExecuteAsync(
            Fill,
            ct,
            app,
            fact.Day,
            Array.ConvertAll(cells, cell => cell.Hour.ToUniversalTime()),
            Array.ConvertAll(cells, cell => cell.EventName),
            Array.ConvertAll(cells, cell => cell.Events),
            Array.ConvertAll(cells, cell => cell.Emitted),
            Array.ConvertAll(cells, cell => cell.Published),
            Array.ConvertAll(cells, cell => cell.DeadLettered),
            Array.ConvertAll(cells, cell => cell.LatencyCount),
            Array.ConvertAll(cells, cell => cell.LatencySumUs),
            Array.ConvertAll(cells, cell => cell.Sketch is null ? null : Convert.FromBase64String(cell.Sketch)));
    }

    public static async Task ApplyAsync(NpgsqlConnection db, Guid app, DayClosed fact, CancellationToken ct)
    {
        var midnight = new DateTimeOffset(fact.Day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        await db.ExecuteAsync(ClearLedger, ct, app, midnight, midnight.AddDays(1));
        ClosedLedgerHour[] hours = [.. fact.Ledger];
        await db.ExecuteAsync(
            FillLedger,
            ct,
            app,
            Array.ConvertAll(hours, hour => hour.Hour.ToUniversalTime()),
            Array.ConvertAll(hours, hour => hour.Received),
            Array.ConvertAll(hours, hour => hour.Stored),
            Array.ConvertAll(hours, hour => hour.Duplicate),
            Array.ConvertAll(hours, hour => hour.Rejected),
            Array.ConvertAll(hours, hour => hour.Refused));
        await UsageRows.CloseAsync(db, app, fact.Day, fact.Events, ct);
        await DailyTotalRows.CloseAsync(db, app, fact.Day, fact.Totals, ct);
        await db.ExecuteAsync(Close, ct, app, fact.Day, fact.Late, fact.At.ToUniversalTime(), fact.Revision);
    }

    private static NpgsqlParameter Utc(DateTimeOffset? time) =>
        new() { NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.TimestampTz, Value = (object?)time?.ToUniversalTime() ?? DBNull.Value };
}
