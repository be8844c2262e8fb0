using System.Diagnostics;
using System.Globalization;
using EventEngine.Bench.Baselines;
using EventEngine.Bench.Load;

namespace EventEngine.Bench.Measures;

/// <summary>The query API's answers over many stored entries, one client; HTTP included.</summary>
public static class Queries
{
    public static async Task RunAsync(Report report, long entries)
    {
        await using var server = await ServerProcess.StartAsync();
        await server.KnowAppAsync();
        var load = new LoadGenerator(server.Port, Corpus.Create(ParseOnly.Path, ServerProcess.ApiKey));
        await load.ClosedAsync(16, TimeSpan.FromMinutes(10), batches: entries / Corpus.EntriesPerBatch);
        await server.CaughtUpAsync(TimeSpan.FromMinutes(10));
        var paths = Paths(server.AppId);
        var quiet = await AllAsync(server, paths);
        foreach (var (name, path, targetMs) in paths)
        {
            var (p50, p99) = quiet[path];
            report.Add($"{name}, {entries:N0} entries", $"p50 {p50:N1}, p99 {p99:N1} ms", "", "", $"p99 ≤ {targetMs} ms", p99 <= targetMs);
        }

        var background = load.OpenAsync(16, TimeSpan.FromSeconds(25), 20_000);
        var busy = await AllAsync(server, paths);
        await background;
        var worst = paths.Max(query => busy[query.Path].P99 / quiet[query.Path].P99);
        report.Add($"the slowest of these under 20,000 events/s of ingest, {entries:N0} entries", $"{worst:N1}× its quiet p99", "", "", "≤ 4×", worst <= 4);
    }

    private static (string Name, string Path, double TargetMs)[] Paths(string app)
    {
        var day = Uri.EscapeDataString(DateTimeOffset.UtcNow.AddHours(-24).ToString("O", CultureInfo.InvariantCulture));
        return
        [
            ("throughput of 1 h", $"/api/v1/apps/{app}/throughput", 10),
            ("latency of 1 h", $"/api/v1/apps/{app}/latency", 10),
            ("latency of 24 h", $"/api/v1/apps/{app}/latency?from={day}", 50),
            ("summary", $"/api/v1/apps/{app}/summary", 5),
            ("events, first page", $"/api/v1/apps/{app}/events", 5),
            ("events by name", $"/api/v1/apps/{app}/events?event_name=payment.failed", 5),
            ("events by status (none match)", $"/api/v1/apps/{app}/events?status=dead_lettered", 5),
        ];
    }

    private static async Task<Dictionary<string, (double P50, double P99)>> AllAsync(
        ServerProcess server, (string Name, string Path, double TargetMs)[] paths)
    {
        var results = new Dictionary<string, (double, double)>(StringComparer.Ordinal);
        foreach (var (_, path, _) in paths) results[path] = await TimeAsync(server, path);
        return results;
    }

    private static async Task<(double P50, double P99)> TimeAsync(ServerProcess server, string path)
    {
        const int Warmups = 20, Samples = 200;
        var times = new List<double>();
        for (var i = 0; i < Warmups + Samples; i++)
        {
            var start = Stopwatch.GetTimestamp();
            using var response = (await server.Http.GetAsync(path)).EnsureSuccessStatusCode();
            await response.Content.ReadAsByteArrayAsync();
            if (i >= Warmups) times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        times.Sort();
        return (times[times.Count / 2], times[(int)(times.Count * .99)]);
    }
}
