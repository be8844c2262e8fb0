using System.Diagnostics;
using EventEngine.Bench.Baselines;
using EventEngine.Bench.Load;

namespace EventEngine.Bench.Measures;

/// <summary>Whether an event costs more when many are stored already: time to append and to project the same number at growing sizes.</summary>
public static class Growth
{
    private const int Step = 100_000;

    public static async Task RunAsync(Report report, long upTo)
    {
        await using var server = await ServerProcess.StartAsync();
        await server.KnowAppAsync();
        var load = new LoadGenerator(server.Port, Corpus.Create(ParseOnly.Path, ServerProcess.ApiKey));
        await load.ClosedAsync(16, TimeSpan.FromMinutes(1), batches: Step / Corpus.EntriesPerBatch);
        await server.CaughtUpAsync(TimeSpan.FromMinutes(5));
        var first = await StepsAsync(server, load);
        for (long stored = Step * 6; stored < upTo; stored += Step * 10)
        {
            await load.ClosedAsync(16, TimeSpan.FromMinutes(5), batches: Step * 10 / Corpus.EntriesPerBatch);
            await server.CaughtUpAsync(TimeSpan.FromMinutes(10));
        }

        var last = await StepsAsync(server, load);
        var (append, total) = (last.Append / first.Append, last.Total / first.Total);
        report.Add($"cost of an event at {upTo:N0} stored against 100,000", $"append {append:N2}×, append and project {total:N2}×", "", "", "≤ 1.3×", append <= 1.3 && total <= 1.3);
    }

    /// <summary>Median seconds for a step to be acknowledged, and to be projected too.</summary>
    private static async Task<(double Append, double Total)> StepsAsync(ServerProcess server, LoadGenerator load)
    {
        List<double> appends = [], totals = [];
        for (var i = 0; i < 5; i++)
        {
            var start = Stopwatch.GetTimestamp();
            await load.ClosedAsync(16, TimeSpan.FromMinutes(1), batches: Step / Corpus.EntriesPerBatch);
            appends.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
            await server.CaughtUpAsync(TimeSpan.FromMinutes(5));
            totals.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return (Report.Median(appends), Report.Median(totals));
    }
}
