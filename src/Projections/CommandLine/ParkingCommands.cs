using System.CommandLine;
using EventEngine.Application.EventStore;
using EventEngine.Application.Pipeline;
using EventEngine.Application.Shared;
using EventEngine.Infrastructure.Pipeline;
using EventEngine.Infrastructure.Postgres;
using Microsoft.Extensions.DependencyInjection;
using Serilog.Events;

namespace EventEngine.Projections.CommandLine;

/// <summary><c>retry</c>, <c>park</c> and <c>parked</c>: the ways on for a projection that has stopped at an event.</summary>
internal static class ParkingCommands
{
    private static Argument<string> Projection => new("projection") { Description = string.Join(", ", ProjectionNames.All) };

    public static Command Retry()
    {
        var projection = Projection;
        var command = new Command("retry", "Lets a stopped projection try its event once more; the worker that leads it need not be started anew.") { projection };
        command.SetAction((parsed, ct) => RunAsync(async parked =>
        {
            var name = parsed.GetRequiredValue(projection);
            if (await parked.RetryAsync(name, RebuildWatch.By, ct)) return Say($"{name} tries again. `status` tells what came of it.");
            return Refuse($"{name} has not stopped.");
        }, ct));
        return command;
    }

    public static Command Park()
    {
        var projection = Projection;
        var position = PositionArgument.Create("position", "Where it has stopped, such as 17-17: `status` says so.", ArgumentArity.ExactlyOne);
        var reason = new Option<string>("--reason") { Description = "Is kept, and shown to operators.", Required = true };
        var command = new Command("park", "Lets a stopped projection, and every build of it, pass over the event that it can't apply.") { projection, position, reason };
        command.SetAction((parsed, ct) => RunAsync(async parked =>
        {
            var (name, at) = (parsed.GetRequiredValue(projection), parsed.GetRequiredValue(position).Single());
            if (string.IsNullOrWhiteSpace(parsed.GetRequiredValue(reason))) return Refuse("Say the reason.");
            if (await parked.ParkAsync(name, at, parsed.GetRequiredValue(reason).Trim(), RebuildWatch.By, ct))
                return Say($"Parked; {name} goes on behind it. `unpark {name} {at}` undoes it.");
            return Refuse($"{name} has not stopped at {at}; nothing was parked. `status` says where it stands.");
        }, ct));
        return command;
    }

    public static Command List()
    {
        var command = new Command("parked", "Lists the events that projections pass over, now and formerly. Exit code 0: none now.");
        command.SetAction((_, ct) => RunAsync(async parked =>
        {
            var events = await parked.ListAsync(ct);
            if (events.Count == 0) Console.WriteLine("Nothing is parked, nor ever was.");
            foreach (var one in events) Print(one);
            return events.Exists(one => one.IsParked) ? 1 : 0;
        }, ct));
        return command;
    }

    private static void Print(ParkedEvent one)
    {
        Console.WriteLine($"{one.Projection}\t{one.Position}\t{(one.IsParked ? "parked" : "unparked")}\t{one.Event.Type}, number {one.Event.Revision} of {one.Event.Stream}");
        Console.WriteLine($"  can't be applied: {one.Error}");
        Console.WriteLine($"  parked {one.ParkedAt:u} by {one.ParkedBy}: {one.Reason}");
        if (one.UnparkedAt is { } at) Console.WriteLine($"  unparked {at:u} by {one.UnparkedBy}");
    }

    private static async Task<int> RunAsync(Func<IParkedEvents, Task<int>> run, CancellationToken ct)
    {
        var builder = WorkerHost.Create(LogEventLevel.Error);
        builder.Services.AddPipeline();
        using var host = builder.Build();
        await host.Services.StartPostgresAsync(ct);
        return await run(host.Services.GetRequiredService<IParkedEvents>());
    }

    private static int Say(string what)
    {
        Console.WriteLine(what);
        return 0;
    }

    private static int Refuse(string why)
    {
        Console.Error.WriteLine(why);
        return 1;
    }
}
