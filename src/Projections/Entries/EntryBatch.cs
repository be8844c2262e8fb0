using EventEngine.Domain.Apps;
using EventEngine.Domain.Entries;
using EventEngine.Domain.Ingestion;
using EventEngine.Projections.Runtime;

namespace EventEngine.Projections.Entries;

internal readonly record struct EntryKey(Guid App, string EventId);

internal readonly record struct ReportedEntry(EntryKey Key, EntryReported Entry, string? ReporterVersion);

internal readonly record struct Rejection(StoredFact Stored, EntryRejected Entry);

/// <summary>The facts of one batch, folded in memory: what to look up, then what to write.</summary>
/// <param name="deleted">Apps that were deleted before: what still comes of them is passed over. Those that this batch deletes are added.</param>
internal sealed class EntryBatch(HashSet<AppId> deleted)
{
    private readonly List<ReportedEntry> _reported = [];
    private readonly Dictionary<EntryKey, TrackedEntry> _latest = [];
    private readonly List<TrackedEntry> _entries = [];

    public IReadOnlyList<ReportedEntry> Reported => _reported;

    /// <summary>Days of receipt.</summary>
    public HashSet<DateOnly> Days { get; } = [];

    public List<Rejection> Rejections { get; } = [];

    public LedgerChanges Ledger { get; } = new();

    public Rollups Rollups { get; } = new();

    public ReceivedDays Received { get; } = new();

    public DailyTotals Totals { get; } = new();

    public DeathCounts Deaths { get; } = new();

    public UsageChanges Usage { get; } = new();

    public List<AppId> Deleted { get; } = [];

    public List<(AppId App, AppErased Fact)> Erased { get; } = [];

    public IReadOnlyList<TrackedEntry> Entries => _entries;

    public static EntryBatch From(IReadOnlyList<StoredFact> facts, HashSet<AppId> deleted)
    {
        var batch = new EntryBatch(deleted);
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

    public Dictionary<AppId, EntryTotals> AppTotals()
    {
        var apps = new Dictionary<AppId, EntryTotals>();
        foreach (var ((app, _), day) in Totals.Days)
        {
            if (!apps.TryGetValue(app, out var totals)) apps[app] = totals = new EntryTotals();
            totals.Add(day.Events, day.Pending, day.Published, day.DeadLettered, day.LatencyCount, day.LatencySumUs);
        }

        return apps;
    }

    private void Add(StoredFact stored)
    {
        var app = new AppId(stored.Subject);
        switch (stored.Fact)
        {
            case AppErased erased:
                Erased.Add((app, erased));
                break;
            case AppDeleted:
                Deleted.Add(app);
                deleted.Add(app);
                break;
            case var _ when deleted.Count > 0 && deleted.Contains(app):
                break;
            case EntryReported entry:
                Days.Add(Transition.DayOf(entry));
                Received.Add(app, entry);
                _reported.Add(new ReportedEntry(new EntryKey(stored.Subject, entry.EventId), entry, stored.ReporterVersion));
                break;
            case BatchReceived batch:
                Received.Add(app, batch.At);
                Ledger.At(app, batch.At).Received += batch.Count;
                break;
            case EntriesRefused refused:
                Received.Add(app, refused.At);
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
        if (found.Fold(reported)) ledger.Stored++;
        else ledger.Duplicate++;
    }

    /// <summary>
    /// The row that an entry belongs to: that of the event last heard of under its id, if that was on its day or the day before; else if
    /// the entry says that it may belong to an older one. The rule looks at nothing but the entry and the latest row, so that neither a
    /// batch boundary nor the deletion of older days can change the outcome.
    /// </summary>
    private TrackedEntry? Find(ReportedEntry reported)
    {
        var latest = _latest.GetValueOrDefault(reported.Key);
        for (var candidate = latest?.Other; candidate is not null; candidate = candidate.Other)
            if (candidate.Current.LastDay > latest!.Current.LastDay) latest = candidate;
        if (latest is null) return null;
        var yesterday = Transition.DayOf(reported.Entry).AddDays(-1);
        return latest.Current.LastDay >= yesterday || OlderRows.MayHave(reported.Entry) ? latest : null;
    }

    private void Track(TrackedEntry entry)
    {
        entry.Other = _latest.GetValueOrDefault(entry.Key);
        _latest[entry.Key] = entry;
        _entries.Add(entry);
    }

    private void Book(TrackedEntry entry)
    {
        if (!entry.HasChanged) return;
        var app = new AppId(entry.Key.App);
        Rollups.Change(app, entry.Before, entry.Current);
        Usage.Move(app, entry.Before?.FirstDay, entry.Current.FirstDay);
        Totals.Change(app, entry.Before, entry.Current);
        Deaths.Change(app, entry.Before, entry.Current);
    }
}
