using EventEngine.Domain.Apps;
using EventEngine.Domain.Entries;

namespace EventEngine.Projections.Entries;

/// <summary>One event while a batch is folded: as it was stored, as it is now, and what of that is already in the charts.</summary>
internal sealed class TrackedEntry(EntryKey key, EventEntry? before = null, DateOnly storedOn = default)
{
    private EventEntry? _current = before, _booked = before;
    private DateOnly _day;

    public EntryKey Key { get; } = key;

    /// <summary>Null when the event is new.</summary>
    public EventEntry? Before { get; } = before;

    /// <summary>The partition it was found in.</summary>
    public DateOnly StoredOn => storedOn;

    /// <summary>Another event under the same id: an app may use one again after days.</summary>
    public TrackedEntry? Other { get; set; }

    /// <exception cref="InvalidOperationException">Nothing was folded into a new event yet.</exception>
    public EventEntry Current => _current ?? throw new InvalidOperationException("An event begins with its first entry.");

    public DateOnly ReceivedOn => Current.ReceivedOn;

    public bool HasChanged => !ReferenceEquals(Current, Before) && !Current.IsSameAs(Before);

    /// <returns>Whether the ledger counts the entry as stored; else it is a duplicate.</returns>
    public bool Fold(ReportedEntry reported, Rollups rollups)
    {
        var day = Transition.DayOf(reported.Entry);
        if (day != _day) BookDay(rollups);
        _day = day;
        var isNew = _current?.HasRecently(reported.Entry) != true;
        _current = _current?.With(reported.Entry, reported.ReporterVersion) ?? EventEntry.From(reported.Entry, reported.ReporterVersion);
        return isNew;
    }

    /// <summary>Moves the charts by what the entries of one day of receipt have changed.</summary>
    public void BookDay(Rollups rollups)
    {
        if (_current is not null && !ReferenceEquals(_current, _booked) && !_current.IsSameAs(_booked))
            rollups.Change(new AppId(Key.App), _day, _booked, _current);
        _booked = _current;
    }
}
