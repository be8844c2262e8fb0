using EventEngine.Application.Pipeline;

namespace EventEngine.Web.Pages.Pipeline;

/// <summary>Something that an operator can do with a projection as it stands now: what will happen, and how it is undone.</summary>
public sealed record ProjectionAction(string Handler, string Label, string What, string Undo)
{
    public bool IsGrave { get; init; }

    /// <summary>Differences from the live tables are accepted.</summary>
    public bool Accepts { get; init; }

    /// <summary>The operator has to say why.</summary>
    public bool NeedsReason { get; init; }

    public static IReadOnlyList<ProjectionAction> For(ProjectionRow row) => row.Rebuild is { IsFinished: false } goingOn ? [Cancel(goingOn)] : [.. WhileStopped(row), .. WithBuilds(row)];

    /// <summary>What can be done with all of them at once.</summary>
    public static IEnumerable<ProjectionAction> ForAll(IReadOnlyList<ProjectionRow> rows)
    {
        var busy = rows.Count(row => row.Rebuild is { IsFinished: false });
        if (busy < rows.Count)
        {
            yield return new("Verify", "Verify all", "Builds them beside from the first event, compares every row, and drops the builds.", "Nothing to undo: it changes nothing.");
            yield return new("Rebuild", "Rebuild all", "Builds them beside from the first event, compares every row, and swaps in those that are equal. Pages go on meanwhile.", "Undone by rolling each back.");
        }

        if (busy > 0)
            yield return new("Cancel", "Cancel all", $"Stops what is going on with {busy} of them and drops what has been built. The live tables stay as they are.", "Undone by asking again; it begins anew.") { IsGrave = true };
    }

    private static ProjectionAction Cancel(RebuildRow goingOn) => new(
        "Cancel", "Cancel", "Stops what is going on at its next batch and drops what has been built. The live tables stay as they are.",
        goingOn.Kind == RebuildKind.Upgrade ? "Undone by building the new version again, from the beginning." : "Undone by asking again; it begins anew.")
    { IsGrave = true };

    private static IEnumerable<ProjectionAction> WhileStopped(ProjectionRow row)
    {
        if (row.State == "outdated" || row.Rebuild is { IsUnmadeUpgrade: true })
            yield return new("Retry", "Build the new version", "Builds tables of the program's version beside the old ones and swaps them in.", "Can be cancelled until it is swapped in.");
        if (row.State == "stopped")
            yield return new("Retry", "Retry", "Tries the event once more, after whatever it needs was mended. The worker goes on by itself.", "Nothing to undo: if the event fails again, it stops there again.");
        if (PoisonOf(row) is { } poison)
        {
            yield return new("Park", "Park the event", $"Passes over {poison.Type} at {poison.Position}, and nothing else; every rebuild passes it over, too. The numbers lack it.", "Undone by unparking it, which rebuilds with the event in its place.")
            {
                IsGrave = true,
                NeedsReason = true,
            };
        }
    }

    private static IEnumerable<ProjectionAction> WithBuilds(ProjectionRow row)
    {
        var differs = row.HasBuild && row.Rebuild is { State: "differs" };
        if (row.State != "outdated")
        {
            yield return new("Verify", "Verify", "Builds it beside from the first event, compares every row, and drops the build.", "Nothing to undo: it changes nothing.");
            yield return row.HasBuild && !differs
                ? new("Rebuild", "Swap in", "The build that was left beside catches up, is compared once more, and takes the place of the live tables.", "Undone by a roll back.")
                : new("Rebuild", "Rebuild", "Builds it beside from the first event, compares every row, and swaps it in if all are equal. Pages go on meanwhile.", "Undone by a roll back.");
        }

        if (differs)
            yield return new("Rebuild", "Swap in all the same", "The build takes the place of the live tables, though rows differ.", "Undone by a roll back.") { Accepts = true, IsGrave = true };
        if (row.HasBuild)
            yield return new("Discard", "Drop the build", "Deletes what was left beside. The live tables stay as they are.", "Undone by a rebuild, which makes it anew.") { IsGrave = true };
        if (row.HasPrevious)
            yield return new("Rollback", "Roll back", "The tables from before the last swap catch up and take their place again.", "Undone by another roll back.") { IsGrave = true };
    }

    /// <summary>The event at which it has stopped, or at which the build of its new version has.</summary>
    public static PoisonEvent? PoisonOf(ProjectionRow row) => row.State switch
    {
        "stopped" => row.ErrorEvent,
        "outdated" => row.Rebuild is { State: "failed" } failed ? failed.ErrorEvent : null,
        _ => row.Rebuild is { IsUnmadeUpgrade: true } unmade ? unmade.ErrorEvent : null,
    };
}
