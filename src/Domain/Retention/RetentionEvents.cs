using EventEngine.Domain.Shared;

namespace EventEngine.Domain.Retention;

// Storage format, version with care. They stand in the app's stats stream and outlive its entries; days are those of receipt (UTC).

/// <summary>
/// What the charts of a day of receipt say for good, a stretch of its hours at a time so that none is too large: cells in order of hour and
/// event name, from <see cref="From"/> (null: the beginning) up to <see cref="Until"/>, exclusive (null: the end). What is known of that
/// stretch is replaced.
/// </summary>
[FactType("HoursClosed.v1")]
public sealed record HoursClosed(DateTimeOffset At, DateOnly Day, CellPlace? From, CellPlace? Until, IReadOnlyList<ClosedCell> Cells) : IFact;

/// <summary>
/// A finished day has its books closed: after its hours, its ledger, and how many distinct events it counts. What is known of the day's
/// ledger, totals and usage is replaced.
/// </summary>
/// <param name="Revision">Of the last event in the day's entries stream that is counted here.</param>
/// <param name="Late">Entries that belong to a day before yesterday, by their own time.</param>
/// <param name="Signs">Null: the app was deleted meanwhile, or closed by a program that did not write them down yet.</param>
[FactType("DayClosed.v1")]
public sealed record DayClosed(
    DateTimeOffset At, DateOnly Day, long Revision, long Events, long Late, IReadOnlyList<ClosedLedgerHour> Ledger, ClosedTotals Totals, ClosedSigns? Signs = null) : IFact;

/// <summary>
/// The entries of a day, whose books are closed and whose next day's are too, are gone; with them the events that nothing was heard of
/// since. How many those were, by their last status, goes on counting in the app's totals.
/// </summary>
[FactType("DayDeleted.v1")]
public sealed record DayDeleted(
    DateTimeOffset At, DateOnly Day, long Events, long Pending, long Published, long DeadLettered, long LatencyCount, long LatencySumUs) : IFact;

/// <summary>A place in the order of cells.</summary>
public sealed record CellPlace(DateTimeOffset Hour, string EventName);

/// <summary>One row of the hour rollups; an empty name is the whole app's.</summary>
/// <param name="Sketch">LatencySketch, base64; null without latencies.</param>
public sealed record ClosedCell(
    DateTimeOffset Hour, string EventName, long Events, long Emitted, long Published, long DeadLettered, long LatencyCount, long LatencySumUs, string? Sketch);

/// <summary>What the batches up to the closing say of the app's life: they are gone when their days are deleted.</summary>
/// <param name="UsualGapMs">Mean time between batches, recent ones weighing more.</param>
public sealed record ClosedSigns(DateTimeOffset? LastSeenAt, long? UsualGapMs, string? ReporterVersion);

/// <summary>By how much a day moved the app's totals.</summary>
public sealed record ClosedTotals(long Events, long Pending, long Published, long DeadLettered, long LatencyCount, long LatencySumUs);

public sealed record ClosedLedgerHour(DateTimeOffset Hour, long Received, long Stored, long Duplicate, long Rejected, long Refused);
