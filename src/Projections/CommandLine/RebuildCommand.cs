using System.CommandLine;
using EventEngine.Application.Pipeline;

namespace EventEngine.Projections.CommandLine;

/// <summary><c>rebuild</c>: builds beside, verifies and swaps in; with options, other ends of the same way.</summary>
internal static class RebuildCommand
{
    public static Command Create()
    {
        var keep = new Option<bool>("--no-swap") { Description = "Verify, and leave the build beside; a later rebuild goes on from there and swaps it in." };
        var accept = new Option<bool>("--accept-differences") { Description = "Swap in even if rows differ from those shown now; a build left by an earlier try is taken." };
        var rollback = new Option<bool>("--rollback") { Description = "Let the tables from before the last swap catch up, and swap them in again." };
        var cancel = new Option<bool>("--cancel") { Description = "Stop what is going on, or drop what was left beside. The live tables stay as they are." };
        var command = new Command("rebuild", "Builds a projection anew beside the live one, verifies it, and swaps it in.") { RebuildTarget.Argument, keep, accept, rollback, cancel };
        command.SetAction((parsed, ct) =>
        {
            var kind = parsed.GetValue(rollback) ? RebuildKind.Rollback : RebuildKind.Rebuild;
            return RebuildTarget.RunAsync(parsed, async (watch, projections) => parsed.GetValue(cancel)
                ? await watch.CancelAsync(projections, ct)
                : await watch.RequestAsync([.. projections.Select(name => new RebuildRequest(name, kind, parsed.GetValue(keep), parsed.GetValue(accept)))], ct), ct);
        });
        return command;
    }
}
