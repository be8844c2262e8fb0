using EventEngine.Domain.Entries;

namespace EventEngine.Projections.Entries;

/// <summary>One event while a batch is folded: as it was stored, and as it is now.</summary>
internal sealed class TrackedEntry(EntryKey key, EventByDay? before = null)
{
    private EventByDay? _current = before;

    public EntryKey Key { get; } = key;

    /// <summary>Null when the event is new.</summary>
    public EventByDay? Before { get; } = before;

    /// <summary>Another event under the same id: an app may use one again after days.</summary>
    public TrackedEntry? Other { get; set; }

    /// <exception cref="InvalidOperationException">Nothing was folded into a new event yet.</exception>
    public EventByDay Current => _current ?? throw new InvalidOperationException("An event begins with its first entry.");

    public bool HasChanged => !ReferenceEquals(Current, Before) && !Current.IsSameAs(Before);

    /// <returns>Whether the ledger counts the entry as stored; else it is a duplicate.</returns>
    public bool Fold(ReportedEntry reported)
    {
        var isNew = _current?.HasRecently(reported.Entry) != true;
        _current = _current?.With(reported.Entry, reported.ReporterVersion) ?? EventByDay.From(reported.Entry, reported.ReporterVersion);
        return isNew;
    }

    public void Become(EventByDay less) => _current = less;
}
