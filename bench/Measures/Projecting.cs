using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Net.Http.Json;
using EventEngine.Bench.Baselines;
using EventEngine.Bench.Load;

namespace EventEngine.Bench.Measures;

/// <summary>Projections behind a backlog, and both together at a rate that two cores can hold.</summary>
public static class Projecting
{
    public static async Task AloneAsync(Report report, int rounds, bool rubyShape)
    {
        List<double> ingests = [], projections = [], peaks = [];
        for (var round = 0; round < rounds; round++)
        {
            await using var server = await ServerProcess.StartAsync(projections: false);
            await server.ProjectOnceAsync();
            var load = new LoadGenerator(server.Port, Corpus.Create(ParseOnly.Path, ServerProcess.ApiKey, rubyShape: rubyShape));
            var ingest = await load.ClosedAsync(64, TimeSpan.FromMinutes(2), batches: 20_000);
            var start = Stopwatch.GetTimestamp();
            server.StartWorker();
            await server.CaughtUpAsync(TimeSpan.FromMinutes(5));
            ingests.Add(ingest.EntriesPerSecond);
            projections.Add(ingest.Entries / Stopwatch.GetElapsedTime(start).TotalSeconds);
            peaks.Add(server.WorkerPeakMemoryMb());
            Console.WriteLine($"  round {round + 1}: ingest {ingests[^1]:N0}/s, projections {projections[^1]:N0}/s (start-up of the worker included)");
        }

        List<double> ratios = [.. projections.Zip(ingests, (projection, ingest) => projection / ingest)];
        report.Add(
            rubyShape ? "all projections alone, Ruby shape" : "all projections alone, 1 M events", $"{Report.Spread(projections)}/s", $"ingest alone: {Report.Spread(ingests)}/s",
            Report.Spread(ratios, "N2"), rubyShape ? "" : "≥ 0.5", rubyShape ? null : Report.Median(ratios) >= 0.5);
        report.Add("peak memory of the worker", $"{peaks.Max():N0} MiB", "", "", "≤ 256 MiB", peaks.Max() <= 256);
    }

    public static async Task TogetherAsync(Report report, TimeSpan duration, double rate, bool isTarget)
    {
        await using var server = await ServerProcess.StartAsync();
        await server.KnowAppAsync();
        var load = new LoadGenerator(server.Port, Corpus.Create(ParseOnly.Path, ServerProcess.ApiKey));
        await load.OpenAsync(32, TimeSpan.FromSeconds(5), rate);
        using var stop = new CancellationTokenSource();
        var lags = SampleLagAsync(server, stop.Token);
        var result = await load.OpenAsync(32, duration, rate);
        await stop.CancelAsync();
        var sorted = (await lags).Order().ToArray();
        var p99 = sorted[(int)(sorted.Length * .99)];
        report.Add(
            $"ingest and projections together, {duration.TotalSeconds:N0} s at {rate:N0}/s offered", $"{result.EntriesPerSecond:N0}/s, 202 p99 {result.LatencyMs(.99):N1} ms",
            $"lag p50 {sorted[sorted.Length / 2]:N0} ms, p99 {p99:N0} ms, max {sorted[^1]:N0} ms", "", isTarget ? "≥ 90,000/s, lag p99 ≤ 250 ms" : "", isTarget ? result.EntriesPerSecond >= 89_000 && p99 <= 250 : null);
        report.Add("memory of the web process after it", $"{server.MemoryMb():N0} MiB, peak {server.PeakMemoryMb():N0} MiB", "", "", "≤ 256 MiB", server.PeakMemoryMb() <= 256);
    }

    private static async Task<List<double>> SampleLagAsync(ServerProcess server, CancellationToken ct)
    {
        var lags = new List<double>();
        while (!ct.IsCancellationRequested)
        {
            var summary = await server.Http.GetFromJsonAsync<JsonNode>($"/api/v1/apps/{server.AppId}/summary", CancellationToken.None);
            lags.Add(summary!["as_of"]!["lag_ms"]!.GetValue<double>());
            await Task.Delay(50, CancellationToken.None);
        }

        return lags;
    }
}
