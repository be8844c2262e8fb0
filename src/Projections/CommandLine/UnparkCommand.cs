using System.CommandLine;

namespace EventEngine.Projections.CommandLine;

/// <summary><c>unpark</c>: builds beside without passing the events over, and swaps in.</summary>
internal static class UnparkCommand
{
    public static Command Create()
    {
        var positions = PositionArgument.Create("positions", "Of the parked events; one build unparks them all.", ArgumentArity.OneOrMore);
        var command = new Command("unpark", "Applies parked events in their places: builds the projection anew beside the live one, and swaps it in.") { RebuildTarget.Argument, positions };
        command.SetAction((parsed, ct) => RebuildTarget.RunAsync(
            parsed, (watch, projections) => watch.UnparkAsync(projections[0], parsed.GetRequiredValue(positions), ct), ct));
        return command;
    }
}
