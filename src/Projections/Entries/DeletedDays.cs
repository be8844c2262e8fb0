using EventEngine.Domain.Apps;
using EventEngine.Domain.Entries;
using EventEngine.Domain.Retention;
using EventEngine.Projections.Runtime;
using Npgsql;

namespace EventEngine.Projections.Entries;

/// <summary>
/// Takes a day's entries out of the tables, so that they are what the other days alone give: whether its stream is still there or was
/// already missing when the tables were built makes no difference.
/// </summary>
internal sealed class DeletedDays(EntryRows rows, DayPartitions partitions)
{
    private const string Sum = """
        select count(*), count(*) filter (where status = 0), count(*) filter (where status = 1), count(*) filter (where status = 2),
               count(latency_us), coalesce(sum(latency_us), 0)::bigint
        from event_entries where app_id = $1 and received_on = $2
        """;

    private const string ForgetMinutes = "delete from rollup_minutes where app_id = $1 and received_on = $2";
    private const string Open = "select d from unnest($2) d where not exists (select 1 from received_days where app_id = $1 and day = d and closed_at is not null)";
    private const string Mark = """
        insert into received_days (app_id, day, late, deleted_at) values ($1, $2, 0, $3) on conflict (app_id, day) do update set deleted_at = excluded.deleted_at
        """;

    public async Task ApplyAsync(NpgsqlConnection db, Guid app, DayDeleted fact, CancellationToken ct)
    {
        var totals = new EntryTotals();
        totals.Add(fact.Events, fact.Pending, fact.Published, fact.DeadLettered, fact.LatencyCount, fact.LatencySumUs);
        await TakeFromSpreadAsync(db, app, fact.Day, totals, ct);
        await TakeSumAsync(db, app, fact.Day, totals, ct);
        await CounterRows.SaveAsync(db, new Dictionary<AppId, EntryTotals> { [new AppId(app)] = totals }, new LedgerChanges(), ct);
        await db.ExecuteAsync(ForgetMinutes, ct, app, fact.Day);
        await DeathRows.ForgetAsync(db, app, fact.Day, ct);
        await partitions.EmptyAsync(db, app, fact.Day, ct);
        await db.ExecuteAsync(Mark, ct, app, fact.Day, fact.At.ToUniversalTime());
    }

    // The hours of the days after are closed, or never knew this day; only the minutes of the next day did.
    private async Task TakeFromSpreadAsync(NpgsqlConnection db, Guid app, DateOnly day, EntryTotals totals, CancellationToken ct)
    {
        var (minutes, deaths) = (new Rollups(), new DeathCounts());
        var spread = await EntryRows.FindSpreadAsync(db, app, day, ct);
        foreach (var entry in spread)
        {
            entry.Become(entry.Current.Without(day) ?? throw new InvalidOperationException("A row that was heard of later is kept."));
            minutes.Change(new AppId(app), entry.Before, entry.Current);
            totals.Change(entry.Before!.Whole, entry.Current.Whole);
            deaths.Change(new AppId(app), entry.Before, entry.Current);
        }

        await rows.SaveAsync(db, spread, ct);
        await RollupRows.SaveMinutesAsync(db, minutes, ct);
        await DeathRows.SaveAsync(db, deaths, ct);
        await CountAgainAsync(db, new AppId(app), spread, ct);
    }

    // An event that is heard of again after its first days are forgotten is a new one to what open days count; closed days have counted.
    private static async Task CountAgainAsync(NpgsqlConnection db, AppId app, List<TrackedEntry> spread, CancellationToken ct)
    {
        if (spread.Count == 0) return;
        var (usage, daily) = (new UsageChanges(), new DailyTotals());
        foreach (var entry in spread) daily.Change(app, entry.Before, entry.Current);
        var open = await OpenAsync(db, app, [.. daily.Days.Keys.Select(key => key.Day)], ct);
        foreach (var entry in spread)
            if (open.Contains(entry.Current.FirstDay)) usage.Add(app, entry.Current.FirstDay, 1);
        await UsageRows.SaveAsync(db, usage, ct);
        await DailyTotalRows.SaveAsync(db, daily.Days.Where(day => open.Contains(day.Key.Day)), ct);
    }

    private static async Task<HashSet<DateOnly>> OpenAsync(NpgsqlConnection db, AppId app, DateOnly[] days, CancellationToken ct)
    {
        var open = new HashSet<DateOnly>();
        await using var command = db.Command(Open, app.Value, days);
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct)) open.Add(row.GetFieldValue<DateOnly>(0));
        return open;
    }

    private static async Task TakeSumAsync(NpgsqlConnection db, Guid app, DateOnly day, EntryTotals totals, CancellationToken ct)
    {
        await using var command = db.Command(Sum, app, day);
        await using var row = await command.ExecuteReaderAsync(ct);
        await row.ReadAsync(ct);
        totals.Add(-row.GetInt64(0), -row.GetInt64(1), -row.GetInt64(2), -row.GetInt64(3), -row.GetInt64(4), -row.GetInt64(5));
    }
}
