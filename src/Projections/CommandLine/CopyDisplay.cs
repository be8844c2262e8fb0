using System.Diagnostics;
using EventEngine.Application.EventStore.Copying;
using Spectre.Console;

namespace EventEngine.Projections.CommandLine;

/// <summary>Shows a copy as it goes on: a bar on a terminal, a line every few seconds elsewhere; and what came of it.</summary>
internal static class CopyDisplay
{
    private const int MostNamed = 10;
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(200), Line = TimeSpan.FromSeconds(5);

    public static async Task<CopyReport> FollowAsync(StoreCopy copy, CancellationToken ct)
    {
        var running = copy.RunAsync(ct);
        if (Console.IsOutputRedirected) await WriteLinesAsync(copy.Progress, running);
        else await DrawAsync(copy.Progress, running);
        return await running;
    }

    public static void Print(CopyReport report, string source, string target)
    {
        foreach (var (category, before, after) in report.Categories)
        {
            var said = before == after ? "equal" : $"DIFFERS: {after?.Events ?? 0:N0} events, {after?.Digest ?? "-"}";
            Console.WriteLine($"{category}\t{before?.Events ?? 0:N0} events\t{before?.Bytes ?? 0:N0} bytes\t{before?.Digest ?? "-"}\t{said}");
        }

        Name(report.Renumbered, "streams begin later than they once did: their revisions are smaller in the copy");
        Name(report.Surplus, "streams hold events in the target that the source does not have");
        Console.WriteLine(report.IsWhole
            ? $"{report.Copied:N0} events copied now; {target} holds all that {source} does."
            : $"{target} is not a copy of {source}. Copy into an empty store, with no host running on the source.");
    }

    private static async Task WriteLinesAsync(CopyProgress progress, Task running)
    {
        var began = Stopwatch.GetTimestamp();
        while (await Task.WhenAny(running, Task.Delay(Line)) != running) Console.WriteLine(Describe(progress, began));
    }

    private static Task DrawAsync(CopyProgress progress, Task running) => AnsiConsole.Progress()
        .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
        .StartAsync(async context =>
        {
            var began = Stopwatch.GetTimestamp();
            var bar = context.AddTask("copy", maxValue: 1);
            do
            {
                bar.Description = Markup.Escape(Describe(progress, began));
                bar.Value = progress.Fraction;
            }
            while (await Task.WhenAny(running, Task.Delay(Glance)) != running);
        });

    private static string Describe(CopyProgress progress, long began)
    {
        var rate = progress.Copied / Stopwatch.GetElapsedTime(began).TotalSeconds;
        return progress.Phase == CopyPhase.Copying
            ? $"copying: {progress.Copied:N0} events, {progress.Fraction:P0}, {rate:N0}/s"
            : $"{progress.Phase.ToString().ToLowerInvariant()}: {progress.Copied:N0} events copied, {progress.Fraction:P0}";
    }

    private static void Name(IReadOnlyCollection<string> streams, string what)
    {
        if (streams.Count == 0) return;
        Console.WriteLine($"{streams.Count:N0} {what}:");
        foreach (var stream in streams.Take(MostNamed)) Console.WriteLine($"  {stream}");
        if (streams.Count > MostNamed) Console.WriteLine($"  and {streams.Count - MostNamed:N0} more");
    }
}
