using EventEngine.Domain.Apps;
using EventEngine.Domain.Entries;
using EventEngine.Domain.Ingestion;
using EventEngine.Domain.Shared;

namespace EventEngine.Application.Entries;

/// <summary>What an app's entries of one day, up to a moment, have changed: folded from the store as the projection folds it.</summary>
internal sealed class PastDay(AppId app, DateOnly day, ILookup<string, EventByDay> known)
{
    private readonly Dictionary<string, (EventByDay? Before, EventByDay Now)> _events = [];

    public Ledger Ledger { get; private set; } = Ledger.Empty;

    public Rollups Rollups { get; } = new();

    public EntryTotals Totals { get; private set; } = new();

    public static PastDay Fold(AppId app, DateOnly day, IEnumerable<IFact> facts, ILookup<string, EventByDay> known)
    {
        var past = new PastDay(app, day, known);
        foreach (var fact in facts) past.Add(fact);
        past.Book();
        return past;
    }

    private void Add(IFact fact)
    {
        Ledger = Ledger.Plus(fact switch
        {
            BatchReceived batch => new Ledger(batch.Count, 0, 0, 0, 0),
            EntriesRefused refused => new Ledger(refused.Count, 0, 0, 0, refused.Count),
            EntryRejected => new Ledger(0, 0, 0, 1, 0),
            EntryReported entry => Add(entry) ? new Ledger(0, 1, 0, 0, 0) : new Ledger(0, 0, 1, 0, 0),
            _ => Ledger.Empty,
        });
    }

    private bool Add(EntryReported entry)
    {
        if (!_events.TryGetValue(entry.EventId, out var found))
        {
            var before = Find(entry);
            _events[entry.EventId] = (before, before?.With(entry) ?? EventByDay.From(entry));
            return before?.HasRecently(entry) != true;
        }

        _events[entry.EventId] = (found.Before, found.Now.With(entry));
        return !found.Now.HasRecently(entry);
    }

    private EventByDay? Find(EntryReported entry)
    {
        var latest = known[entry.EventId].Select(row => row.Before(day)).OfType<EventByDay>().MaxBy(row => row.LastDay);
        return latest is not null && (latest.LastDay >= day.AddDays(-1) || OlderRows.MayHave(entry)) ? latest : null;
    }

    private void Book()
    {
        var totals = new DailyTotals();
        foreach (var (before, now) in _events.Values)
        {
            Rollups.Change(app, before, now);
            totals.Change(app, before, now);
        }

        Totals = totals.Days.GetValueOrDefault((app, day)) ?? Totals;
    }
}
