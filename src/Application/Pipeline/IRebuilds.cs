namespace EventEngine.Application.Pipeline;

/// <summary>
/// Requests to rebuild: who asks only asks and watches, whoever leads the projection carries it out. They are kept: they tell who swapped
/// in what, and when.
/// </summary>
public interface IRebuilds
{
    /// <returns>The request; if there is an open one already, that one, and nothing new is asked.</returns>
    Task<(Guid Id, bool IsNew)> RequestAsync(RebuildRequest request, string by, CancellationToken ct);

    /// <returns>False: nothing was going on.</returns>
    Task<bool> CancelAsync(string projection, string by, CancellationToken ct);

    /// <summary>As they stand now, in the order of their projections.</summary>
    Task<List<RebuildRow>> ReadAsync(IEnumerable<Guid> ids, CancellationToken ct);

    /// <summary>The newest of each projection.</summary>
    Task<List<RebuildRow>> NewestAsync(CancellationToken ct);
}

/// <param name="Keep">Verify, and leave the build beside; nothing is swapped.</param>
/// <param name="AcceptDifferences">Swap even if the rows differ from those that are shown now: so a fixed projection comes in.</param>
/// <param name="Unparks">The ids of parked events that the build applies again.</param>
/// <param name="Version">That an upgrade is to make.</param>
public sealed record RebuildRequest(string Projection, RebuildKind Kind, bool Keep = false, bool AcceptDifferences = false, IReadOnlyCollection<Guid>? Unparks = null, int? Version = null)
{
    /// <summary>Asked by a program whose form of the tables is newer.</summary>
    public static RebuildRequest ToUpgrade(string projection, int? version) => new(projection, RebuildKind.Upgrade, Version: version);

    /// <summary>Parked events are applied in their places: nothing but building anew gives what the store gives.</summary>
    public static RebuildRequest ToUnpark(string projection, IEnumerable<ParkedEvent> parked) =>
        new(projection, RebuildKind.Unpark, Unparks: [.. parked.Select(one => one.Event.Id)]);
}
