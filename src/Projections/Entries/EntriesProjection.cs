using EventEngine.Application.EventStore;
using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Retention;
using EventEngine.Domain.Shared;
using EventEngine.Projections.Runtime;
using Npgsql;

namespace EventEngine.Projections.Entries;

/// <summary>
/// Event rows, charts and ledger: one projection, because counters move by the difference between a row's old and new contribution, and
/// the ledger says what was done with each entry.
/// </summary>
public sealed class EntriesProjection : IProjection
{
    private readonly EntryRows _rows = new();
    private readonly DeletedApps _deleted = new();
    private readonly DayPartitions _partitions = new("event_entries", "rejected_entries");

    private readonly DeletedDays _deletedDays;

    public EntriesProjection() => _deletedDays = new DeletedDays(_rows, _partitions);

    public string Name => ProjectionNames.Entries;

    public int Version => 7;

    public EventFilter Wanted { get; } = new(
        [StreamName.EntriesCategory + "-", StreamName.StatsCategory + "-"],
        [FactTypes.NameOf(typeof(AppDeleted)), FactTypes.NameOf(typeof(AppErased))]);

    public ProjectionTables Tables { get; } = ProjectionTables.FromResource("Entries.entries.sql", "Entries.entries.indexes.sql");

    // Closed books and deleted days are applied where they stand among the entries, so that no batch boundary can change the outcome.
    public async Task ApplyAsync(IReadOnlyList<StoredFact> facts, NpgsqlConnection db, CancellationToken ct)
    {
        var entries = new List<StoredFact>(facts.Count);
        foreach (var fact in facts)
        {
            if (fact.Fact is not (HoursClosed or DayClosed or DayDeleted))
            {
                entries.Add(fact);
                continue;
            }

            await ApplyEntriesAsync(entries, db, ct);
            entries.Clear();
            await EntryRows.UnstageAsync(db, ct);
            var deleted = await _deleted.LoadAsync(db, ct);
            if (!deleted.Contains(new AppId(fact.Subject))) await ApplyAsync(fact, db, ct);
            await EntryRows.UnstageAsync(db, ct);
        }

        await ApplyEntriesAsync(entries, db, ct);
    }

    public void Forget()
    {
        _rows.Forget();
        _deleted.Forget();
        _partitions.Forget();
    }

    private async Task ApplyEntriesAsync(List<StoredFact> facts, NpgsqlConnection db, CancellationToken ct)
    {
        if (facts.Count == 0) return;
        var batch = EntryBatch.From(facts, await _deleted.LoadAsync(db, ct));
        await _partitions.EnsureAsync(db, batch.Days, ct);
        batch.Fold(await _rows.FindAsync(db, batch, ct));
        await _rows.SaveAsync(db, batch.Entries, ct);
        await RollupRows.SaveAsync(db, batch.Rollups, ct);
        await CounterRows.SaveAsync(db, batch.AppTotals(), batch.Ledger, ct);
        await DailyTotalRows.SaveAsync(db, batch.Totals.Days, ct);
        await DeathRows.SaveAsync(db, batch.Deaths, ct);
        await RejectedRows.SaveAsync(db, batch.Rejections, ct);
        await UsageRows.SaveAsync(db, batch.Usage, ct);
        await batch.Received.SaveAsync(db, ct);
        await _deleted.SaveAsync(db, batch, ct);
    }

    private Task ApplyAsync(StoredFact stored, NpgsqlConnection db, CancellationToken ct) => stored.Fact switch
    {
        HoursClosed fact => ClosedDays.ApplyAsync(db, stored.Subject, fact, ct),
        DayClosed fact => ClosedDays.ApplyAsync(db, stored.Subject, fact, ct),
        DayDeleted fact => _deletedDays.ApplyAsync(db, stored.Subject, fact, ct),
        _ => throw new InvalidOperationException($"{stored.Type} is no closing."),
    };
}
