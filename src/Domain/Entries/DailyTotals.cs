using EventEngine.Domain.Apps;

namespace EventEngine.Domain.Entries;

/// <summary>
/// By how much each day of receipt moved an app's totals: an event as it stood at the end of the day, less as it stood at the end of the
/// day before. Their sum up to a day is what was known when it ended.
/// </summary>
public sealed class DailyTotals
{
    private readonly Dictionary<(AppId App, DateOnly Day), EntryTotals> _days = [];

    public IReadOnlyDictionary<(AppId App, DateOnly Day), EntryTotals> Days => _days;

    public void Change(AppId app, EventByDay? before, EventByDay after)
    {
        foreach (var (day, _) in after.Days) At(app, day).Change(after.UpTo(day.AddDays(-1)), after.UpTo(day));
        foreach (var (day, _) in before?.Days ?? []) At(app, day).Change(before!.UpTo(day), before.UpTo(day.AddDays(-1)));
    }

    private EntryTotals At(AppId app, DateOnly day)
    {
        if (!_days.TryGetValue((app, day), out var totals)) _days[(app, day)] = totals = new EntryTotals();
        return totals;
    }
}
