using EventEngine.Application.EventStore;

namespace EventEngine.Application.Pipeline;

/// <summary>A request to rebuild, and what has become of it.</summary>
/// <param name="State">waiting, building, indexing, verifying, swapping; finished: swapped, verified, differs, discarded, cancelled, failed.</param>
/// <param name="Position">Of the build.</param>
/// <param name="Head">Of the store, when last looked at.</param>
/// <param name="SecondsLeft">Until it has caught up; null: not known.</param>
/// <param name="Report">Of the verification, table by table. Its rows are customers' data: for operators only.</param>
public sealed record RebuildRow(
    Guid Id, string Projection, RebuildKind Kind, bool Keep, bool AcceptDifferences, string RequestedBy, DateTimeOffset RequestedAt, string State,
    string? CancelledBy, DateTimeOffset? StartedAt, DateTimeOffset? FinishedAt, StorePosition? Position, StorePosition? Head, long Applied,
    double? PerSecond, double? SecondsLeft, IReadOnlyList<TableReport> Report, string? Error)
{
    /// <summary>The event at which the build has stopped.</summary>
    public PoisonEvent? ErrorEvent { get; init; }

    /// <summary>A new version that was not made; it can be built once more.</summary>
    public bool IsUnmadeUpgrade => Kind == RebuildKind.Upgrade && State is "cancelled" or "failed";

    public bool IsFinished => FinishedAt is not null;

    /// <summary>0 to 1.</summary>
    public double Share => State switch
    {
        "waiting" => 0,
        "building" => Position is { } at && Head is { Commit: > 0 } head ? Math.Min(1, (double)at.Commit / head.Commit) : 0,
        _ => 1,
    };
}
