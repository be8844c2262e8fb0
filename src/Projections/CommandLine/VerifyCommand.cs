using System.CommandLine;
using EventEngine.Application.Pipeline;

namespace EventEngine.Projections.CommandLine;

/// <summary><c>verify</c>: builds into a scratch schema, compares with the live tables at the same position, and drops it.</summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        var command = new Command("verify", "Compares a projection's tables with what the store gives; changes nothing.") { RebuildTarget.Argument };
        command.SetAction((parsed, ct) => RebuildTarget.RunAsync(
            parsed, (watch, projections) => watch.RequestAsync([.. projections.Select(name => new RebuildRequest(name, RebuildKind.Verify))], ct), ct));
        return command;
    }
}
