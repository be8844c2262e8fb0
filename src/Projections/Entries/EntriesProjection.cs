using EventEngine.Application.EventStore;
using EventEngine.Application.Shared;
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
    private readonly DayPartitions _partitions = new("event_entries", "rejected_entries");

    public string Name => ProjectionNames.Entries;

    public int Version => 1;

    public EventFilter Wanted { get; } = new([StreamName.EntriesCategory + "-"]);

    public ProjectionTables Tables { get; } = ProjectionTables.FromResource("Entries.entries.sql");

    public async Task ApplyAsync(IReadOnlyList<StoredFact> facts, NpgsqlConnection db, CancellationToken ct)
    {
        var batch = EntryBatch.From(facts);
        await _partitions.EnsureAsync(db, batch.Days, ct);
        batch.Fold(await _rows.FindAsync(db, batch, ct));
        await _rows.SaveAsync(db, batch.Entries, ct);
        await RollupRows.SaveAsync(db, batch.Rollups, ct);
        await CounterRows.SaveAsync(db, batch.Totals, batch.Ledger, ct);
        await RejectedRows.SaveAsync(db, batch.Rejections, ct);
    }

    public void Forget()
    {
        _rows.Forget();
        _partitions.Forget();
    }
}
