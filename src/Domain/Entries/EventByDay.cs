using EventEngine.Domain.Ingestion;

namespace EventEngine.Domain.Entries;

/// <summary>
/// One event as it was received, day (UTC) by day: nearly always on one. Each day's entries are folded by themselves, so that a day can be
/// forgotten, and what is left is what would have come of the other days alone.
/// </summary>
public sealed class EventByDay
{
    private EventEntry? _whole;

    /// <param name="days">In their order, at least one.</param>
    public EventByDay(IReadOnlyList<ReceivedDay> days) => Days = days;

    public IReadOnlyList<ReceivedDay> Days { get; }

    public DateOnly FirstDay => Days[0].Day;

    public DateOnly LastDay => Days[^1].Day;

    /// <summary>All days together.</summary>
    public EventEntry Whole => _whole ??= Days.Skip(1).Aggregate(Days[0].Entry, (whole, day) => whole.MergedWith(day.Entry));

    public static EventByDay From(EntryReported entry, string? reporterVersion = null) =>
        new([new ReceivedDay(Transition.DayOf(entry), EventEntry.From(entry, reporterVersion))]);

    public EventByDay With(EntryReported entry, string? reporterVersion = null)
    {
        var day = Transition.DayOf(entry);
        var changed = new ReceivedDay(day, On(day)?.With(entry, reporterVersion) ?? EventEntry.From(entry, reporterVersion));
        return Days.Count == 1 && day == FirstDay
            ? new EventByDay([changed])
            : new EventByDay([.. Days.Where(other => other.Day < day), changed, .. Days.Where(other => other.Day > day)]);
    }

    /// <returns>Null when nothing is left.</returns>
    public EventByDay? Without(DateOnly upTo)
    {
        if (FirstDay > upTo) return this;
        return LastDay <= upTo ? null : new EventByDay([.. Days.Where(day => day.Day > upTo)]);
    }

    /// <summary>What came before a day.</summary>
    /// <returns>Null when nothing did.</returns>
    public EventByDay? Before(DateOnly day)
    {
        if (LastDay < day) return this;
        return FirstDay >= day ? null : new EventByDay([.. Days.Where(other => other.Day < day)]);
    }

    /// <summary>As it stood at the end of a day.</summary>
    /// <returns>Null when nothing had come by then.</returns>
    public EventEntry? UpTo(DateOnly day) => Before(day.AddDays(1))?.Whole;

    /// <summary>
    /// Whether the ledger takes an entry for a repetition: the same transition came on the same day or the day before. Older ones are
    /// forgotten, so that a day can be counted without the days that retention has deleted.
    /// </summary>
    public bool HasRecently(EntryReported entry)
    {
        var reported = Transition.From(entry);
        var since = Transition.DayOf(entry).AddDays(-1);
        return Days.Any(day => day.Day >= since && day.Entry.Has(reported));
    }

    /// <returns>Null when nothing came on that day.</returns>
    public EventEntry? On(DateOnly day)
    {
        for (var i = 0; i < Days.Count; i++)
            if (Days[i].Day == day) return Days[i].Entry;
        return null;
    }

    /// <summary>What the charts of a day count: the event as that day and the day before tell it, less what the day before told alone.</summary>
    /// <returns>Null when nothing came on that day.</returns>
    public CountedDay? CountedOn(DateOnly day)
    {
        if (On(day) is not { } today) return null;
        return On(day.AddDays(-1)) is { } yesterday ? new CountedDay(yesterday, yesterday.MergedWith(today)) : new CountedDay(null, today);
    }

    public bool IsSameAs(EventByDay? other)
    {
        if (other is null || other.Days.Count != Days.Count) return false;
        for (var i = 0; i < Days.Count; i++)
            if (Days[i].Day != other.Days[i].Day || !Days[i].Entry.IsSameAs(other.Days[i].Entry)) return false;
        return true;
    }
}

public readonly record struct ReceivedDay(DateOnly Day, EventEntry Entry);

public readonly record struct CountedDay(EventEntry? Yesterday, EventEntry Today);
