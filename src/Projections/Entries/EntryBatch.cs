using EventEngine.Domain.Apps;
using EventEngine.Domain.Entries;
using EventEngine.Domain.Ingestion;
using EventEngine.Projections.Runtime;

namespace EventEngine.Projections.Entries;

internal readonly record struct EntryKey(Guid App, string EventId);

internal readonly record struct ReportedEntry(EntryKey Key, EntryReported Entry, string? ReporterVersion);

internal readonly record struct Rejection(StoredFact Stored, EntryRejected Entry);

/// <summary>The facts of one batch, folded in memory: what to look up, then what to write.</summary>
internal sealed class EntryBatch
{
    private readonly List<ReportedEntry> _reported = [];
    private readonly Dictionary<EntryKey, TrackedEntry> _latest = [];
    private readonly List<TrackedEntry> _entries = [];
    private readonly Dictionary<AppId, EntryTotals> _totals = [];

    public IReadOnlyList<ReportedEntry> Reported => _reported;

    /// <summary>Days of receipt.</summary>
    public HashSet<DateOnly> Days { get; } = [];

    public List<Rejection> Rejections { get; } = [];

    public LedgerChanges Ledger { get; } = new();

    public Rollups Rollups { get; } = new();

    public IReadOnlyDictionary<AppId, EntryTotals> Totals => _totals;

    public IReadOnlyList<TrackedEntry> Entries => _entries;

    public static EntryBatch From(IReadOnlyList<StoredFact> facts)
    {
        var batch = new EntryBatch();
        foreach (var stored in facts) batch.Add(stored);
        return batch;
    }

    /// <summary>Folds the entries, in their order, into the rows that exist.</summary>
    public void Fold(IEnumerable<TrackedEntry> stored)
    {
        foreach (var entry in stored) Track(entry);
        foreach (var reported in _reported) Fold(reported);
        foreach (var entry in Entries) Book(entry);
    }

    private void Add(StoredFact stored)
    {
        var app = new AppId(stored.Subject);
        switch (stored.Fact)
        {
            case EntryReported entry:
                Days.Add(Transition.DayOf(entry));
                _reported.Add(new ReportedEntry(new EntryKey(stored.Subject, entry.EventId), entry, stored.ReporterVersion));
                break;
            case BatchReceived batch:
                Ledger.At(app, batch.At).Received += batch.Count;
                break;
            case EntriesRefused refused:
                Ledger.At(app, refused.At).Received += refused.Count;
                Ledger.At(app, refused.At).Refused += refused.Count;
                break;
            case EntryRejected rejected:
                Days.Add(DateOnly.FromDateTime(rejected.At.UtcDateTime));
                Ledger.At(app, rejected.At).Rejected++;
                Rejections.Add(new Rejection(stored, rejected));
                break;
        }
    }

    private void Fold(ReportedEntry reported)
    {
        var ledger = Ledger.At(new AppId(reported.Key.App), reported.Entry.At);
        var found = Find(reported);
        if (found is null) Track(found = new TrackedEntry(reported.Key));
        if (found.Fold(reported, Rollups)) ledger.Stored++;
        else ledger.Duplicate++;
    }

    /// <summary>
    /// The row that an entry belongs to: one first received on its day or the day before; else an older one, if the entry says that it
    /// may belong there. The rule looks at nothing but the entry and the rows, so that no batch boundary can change the outcome.
    /// </summary>
    private TrackedEntry? Find(ReportedEntry reported)
    {
        var yesterday = Transition.DayOf(reported.Entry).AddDays(-1);
        TrackedEntry? recent = null, older = null;
        for (var candidate = _latest.GetValueOrDefault(reported.Key); candidate is not null; candidate = candidate.Other)
        {
            var day = candidate.ReceivedOn;
            if (day >= yesterday && (recent is null || day < recent.ReceivedOn)) recent = candidate;
            if (day < yesterday && (older is null || day > older.ReceivedOn)) older = candidate;
        }

        return recent ?? (OlderRows.MayHave(reported.Entry) ? older : null);
    }

    private void Track(TrackedEntry entry)
    {
        entry.Other = _latest.GetValueOrDefault(entry.Key);
        _latest[entry.Key] = entry;
        _entries.Add(entry);
    }

    private void Book(TrackedEntry entry)
    {
        entry.BookDay(Rollups);
        if (!entry.HasChanged) return;
        var app = new AppId(entry.Key.App);
        if (!_totals.TryGetValue(app, out var totals)) _totals[app] = totals = new EntryTotals();
        totals.Change(entry.Before, entry.Current);
    }
}
