using EventEngine.Domain.Apps;

namespace EventEngine.Application.Entries;

/// <summary>Adds up the rows of all apps of an organization, for each and for all.</summary>
internal sealed class ActivitySum(
    DateTimeOffset from,
    int minutes,
    IReadOnlyList<GetActivity.MinuteRow> minuteRows,
    IReadOnlyList<GetActivity.TotalsRow> totalsRows,
    IReadOnlyList<GetActivity.LedgerRow> ledgerRows)
{
    private readonly ILookup<Guid, GetActivity.MinuteRow> _minutes = minuteRows.ToLookup(row => row.AppId);
    private readonly ILookup<Guid, GetActivity.TotalsRow> _totals = totalsRows.ToLookup(row => row.AppId);
    private readonly ILookup<Guid, GetActivity.LedgerRow> _ledgers = ledgerRows.ToLookup(row => row.AppId);

    public Activity Activity()
    {
        var apps = _minutes.Select(app => app.Key).Union(_totals.Select(app => app.Key)).Union(_ledgers.Select(app => app.Key));
        return new Activity(apps.ToDictionary(app => new AppId(app), Of), Add(totalsRows, ledgerRows));
    }

    private static ActivityTotals Add(IEnumerable<GetActivity.TotalsRow> totals, IEnumerable<GetActivity.LedgerRow> ledgers)
    {
        var (events, dead, latency) = (0L, 0L, new LatencyMerge());
        foreach (var row in totals)
        {
            events += row.Events;
            dead += row.DeadLettered;
            latency.Add(row.LatencyCount, row.LatencySumUs, row.Sketch);
        }

        var ledger = ledgers.Aggregate(Ledger.Empty, (sum, row) => sum.Plus(row.Ledger));
        return new ActivityTotals(events, dead, latency.AvgMs, latency.PercentileMs(0.95), ledger);
    }

    private AppActivity Of(Guid app)
    {
        var (events, dead) = (new long[minutes], new long[minutes]);
        foreach (var row in _minutes[app])
        {
            var minute = (int)(row.At - from).TotalMinutes;
            (events[minute], dead[minute]) = (row.Events, row.DeadLettered);
        }

        return new AppActivity(events, dead, Add(_totals[app], _ledgers[app]));
    }
}
