using System.CommandLine;
using System.Globalization;
using EventEngine.Application.Retention;
using EventEngine.Application.Shared;
using EventEngine.Infrastructure.Postgres;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Serilog.Events;

namespace EventEngine.Projections.CommandLine;

/// <summary><c>retention</c>: what the nightly job does, now; or only tells what it would do. Exit code 1 when something could not be done.</summary>
internal static class RetentionCommand
{
    public static Command Create()
    {
        var dryRun = new Option<bool>("--dry-run") { Description = "Only tells what is due." };
        var day = new Option<DateOnly?>("--day")
        {
            Description = "Only this day of receipt (UTC), such as 2026-01-31.",
            CustomParser = result => DateOnly.ParseExact(result.Tokens[0].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture),
        };
        var command = new Command("retention", "Closes the books of finished days, and deletes the entries of those that their plans keep no longer.") { dryRun, day };
        command.SetAction(async (arguments, ct) =>
        {
            var builder = WorkerHost.Create(LogEventLevel.Warning);
            builder.Services.AddApplication();
            using var host = builder.Build();
            await host.Services.StartPostgresAsync(ct);
            var mediator = host.Services.GetRequiredService<IMediator>();
            return await RunAsync(mediator, arguments.GetValue(day), arguments.GetValue(dryRun), ct);
        });
        return command;
    }

    private static async Task<int> RunAsync(IMediator mediator, DateOnly? day, bool dryRun, CancellationToken ct)
    {
        var steps = await mediator.Send(new PlanRetention(day), ct);
        if (steps.Count == 0) Console.WriteLine("Nothing is due.");
        var failed = false;
        foreach (var step in steps)
        {
            var outcome = dryRun ? (DayOutcome?)null : await mediator.Send(new TakeStep(step), ct);
            failed |= outcome is DayOutcome.NotYet or DayOutcome.Changed;
            Console.WriteLine(string.Join('\t', step.Slug, step.AppName, step.Day.ToString("yyyy-MM-dd"), Word(step, dryRun), $"{step.Received:N0} entries", Word(outcome)));
        }

        return failed ? 1 : 0;
    }

    private static string Word(RetentionStep step, bool dryRun) => (dryRun ? "would " : "") + step switch
    {
        { IsDeleted: true } => "look once more",
        { Action: RetentionAction.Close } => "close",
        _ => "delete",
    };

    private static string Word(DayOutcome? outcome) => outcome switch
    {
        null => "",
        DayOutcome.Done => "done",
        DayOutcome.WasDone => "was done already",
        DayOutcome.NotYet => "not yet: the projections entries and heartbeats have not come that far, or the plan has changed",
        DayOutcome.Changed => "something was received after it was closed: try again",
        _ => "nothing there",
    };
}
