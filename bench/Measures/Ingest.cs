using EventEngine.Bench.Baselines;
using EventEngine.Bench.Load;

namespace EventEngine.Bench.Measures;

/// <summary>The ingest endpoint against the storage alone, against parsing alone and against the naive way, taken in turn.</summary>
public static class Ingest
{
    private const string Path = ParseOnly.Path;

    public static async Task RunAsync(Report report, int rounds, TimeSpan duration)
    {
        await using var server = await ServerProcess.StartAsync(projections: false);
        await server.ProjectOnceAsync();
        await using var storage = await StorageOnly.StartAsync();
        using var parseOnly = ParseOnlyProcess.Start();
        var load = new LoadGenerator(server.Port, Corpus.Create(Path, ServerProcess.ApiKey));
        var fresh = new LoadGenerator(server.Port, Corpus.Create(Path, ServerProcess.ApiKey, keepAlive: false));
        var ruby = new LoadGenerator(server.Port, Corpus.Create(Path, ServerProcess.ApiKey, rubyShape: true));
        var parse = new LoadGenerator(parseOnly.Port, Corpus.Create(Path, ServerProcess.ApiKey));
        List<LoadResult> ingests = [], freshes = [], rubies = [], parses = [];
        List<double> stores64 = [], naive = [];
        await load.ClosedAsync(64, TimeSpan.FromSeconds(3));
        await parse.ClosedAsync(64, TimeSpan.FromSeconds(1));
        for (var round = 0; round < rounds; round++)
        {
            ingests.Add(await load.ClosedAsync(64, duration));
            stores64.Add(await storage.AppendAsync(64, duration));
            parses.Add(await parse.ClosedAsync(64, duration));
            freshes.Add(await fresh.ClosedAsync(64, duration, newConnections: true));
            rubies.Add(await ruby.ClosedAsync(64, duration));
            naive.Add(await storage.InsertPerEventAsync(16, duration));
            Console.WriteLine($"  round {round + 1}: ingest {ingests[^1]}");
        }

        Add(report, "ingest with durable append, 64 connections", ingests, "storage alone, 64 waiting", stores64, 0.70);
        Add(report, "the same", ingests, "parse only (objects, source-generated)", [.. parses.Select(result => result.EntriesPerSecond)], 0.20);
        Add(report, "the same", ingests, "one INSERT and commit an event, 16 connections", naive, 12);
        Add(report, "a new connection for every request", freshes, "keep-alive", [.. ingests.Select(result => result.EntriesPerSecond)], 0.50);
        Add(report, "Ruby shape: two lean entries an event", rubies, "one complete entry an event", [.. ingests.Select(result => result.EntriesPerSecond)], null);
        Latency(report, "202 at 64 connections", ingests, 25);
        Latency(report, "202, a new connection for every request", freshes, 50);
        await ConnectionsAsync(report, load, duration);
        await OpenLoopAsync(report, load, duration, Report.Median([.. ingests.Select(result => result.EntriesPerSecond)]));
        report.Add("peak memory of the web process under full ingest", $"{server.PeakMemoryMb():N0} MiB", "", "", "≤ 256 MiB", server.PeakMemoryMb() <= 256);
    }

    private static async Task ConnectionsAsync(Report report, LoadGenerator load, TimeSpan duration)
    {
        foreach (var connections in (int[])[1, 4, 16, 256])
        {
            var result = await load.ClosedAsync(connections, duration);
            report.Add($"closed loop, {connections} connections", $"{result.EntriesPerSecond:N0} events/s, p50 {result.LatencyMs(.5):N1}, p99 {result.LatencyMs(.99):N1} ms", "", "", "", null);
        }
    }

    private static async Task OpenLoopAsync(Report report, LoadGenerator load, TimeSpan duration, double peak)
    {
        foreach (var share in (double[])[.25, .5, .75])
        {
            var result = await load.OpenAsync(64, duration, peak * share);
            report.Add($"open loop at {share:P0} of the peak", $"{result.EntriesPerSecond:N0} events/s, p50 {result.LatencyMs(.5):N1}, p99 {result.LatencyMs(.99):N1} ms", "", "", "", null);
        }
    }

    private static void Add(Report report, string measure, List<LoadResult> results, string against, List<double> baseline, double? target)
    {
        var ratios = results.Zip(baseline, (result, other) => result.EntriesPerSecond / other).ToList();
        report.Add(
            measure, $"{Report.Spread([.. results.Select(result => result.EntriesPerSecond)])}/s", $"{against}: {Report.Spread(baseline)}/s", Report.Spread(ratios, "N2"),
            target is null ? "" : $"≥ {target}", target is null ? null : Report.Median(ratios) >= target);
    }

    private static void Latency(Report report, string measure, List<LoadResult> results, double targetMs)
    {
        List<double> p99 = [.. results.Select(result => result.LatencyMs(.99))];
        var p50 = Report.Median([.. results.Select(result => result.LatencyMs(.5))]);
        report.Add(measure, $"p50 {p50:N1} ms, p99 {Report.Spread(p99, "N1")} ms", "", "", $"p99 ≤ {targetMs} ms", Report.Median(p99) <= targetMs);
    }
}
