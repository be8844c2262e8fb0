using EventEngine.Domain.Apps;

namespace EventEngine.Projections.Entries;

/// <summary>How a batch changes the number of distinct events by app and day of first receipt.</summary>
internal sealed class UsageChanges
{
    private readonly Dictionary<(AppId App, DateOnly Day), long> _days = [];

    public IReadOnlyDictionary<(AppId App, DateOnly Day), long> Days => _days;

    /// <param name="from">Where the event counted so far; null: nowhere.</param>
    public void Move(AppId app, DateOnly? from, DateOnly to)
    {
        if (from == to) return;
        if (from is { } before) Add(app, before, -1);
        Add(app, to, +1);
    }

    public void Add(AppId app, DateOnly day, long events) => _days[(app, day)] = _days.GetValueOrDefault((app, day)) + events;
}
