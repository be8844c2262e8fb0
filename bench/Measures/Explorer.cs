using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using EventEngine.Bench.Load;

namespace EventEngine.Bench.Measures;

/// <summary>
/// The event explorer over five million stored entries of twenty apps, asked about the largest, which has a fifth of them: every filter alone with
/// every order, first page and deep page, and every pair of filters. HTTP included, one client.
/// </summary>
public static class Explorer
{
    private const double TargetMs = 100;
    private const int Deep = 20; // pages of 500 rows before the one that is measured
    private static readonly string[] Sorts = ["-at", "at", "-latency_ms", "latency_ms", "-attempts", "event_name", "-status", "version", "event_id", "-reported_at"];

    private static readonly string[] DeepSorts = ["-at", "at", "-latency_ms", "event_name"];

    private static readonly string[] Filters =
    [
        "event_name=event.00", "event_name=event.39", "event_name=none", "status=dead_lettered", "status=emitted", "status=published", "version=1", "version=9",
        "error_class=Timeout::Error", "error_class=Errno::ECONNREFUSED", "attempts=1", "attempts=2", "attempts=5", "attempts=9", "min_latency_ms=60000",
        "max_latency_ms=1", "aggregate_type=Order", "aggregate_type=none", "aggregate_id=77", "q=1234", "q=1", "q=expired", "q=shard-3+after+712", "q=nothing+like+it",
    ];

    public static async Task RunAsync(Report report, long entries, string data)
    {
        await using (var first = await ServerProcess.StartAsync(data: data)) await StoredEntries.FillAsync(first, entries);
        var isCold = ColdDisk.Forget(data);
        await using var server = await ServerProcess.StartAsync(data: data);
        await server.KnowAppAsync();
        await using var stored = await StoredEntries.ConnectAsync(server.Data);
        var list = $"/api/v1/apps/{server.AppId}/events?";
        var day = DateTimeOffset.UtcNow.AddDays(-3).Date.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        string[] filters = ["", .. Filters, $"q={await stored.OldKeyAsync(Guid.Parse(server.AppId))}", $"from={day}", $"to={day}"];
        var scans = await stored.SequentialScansAsync();
        string[] all = [.. filters.SelectMany(filter => Sorts.Select(sort => $"{list}{filter}&sort={sort}"))];
        if (isCold) Add(report, "explorer, the same first pages as the very first questions after a start, from a cold disk", await EachAsync(server, all, samples: 1, isCold: true));
        var alone = await EachAsync(server, all, samples: 10);
        Add(report, $"explorer, first page, {filters.Length} filters × {Sorts.Length} orders", alone);
        var deep = new List<string>();
        foreach (var path in alone.Keys.Where(path => DeepSorts.Contains(path.Split("sort=")[1])))
            if (await CursorAsync(server, path) is { } cursor) deep.Add($"{path}&cursor={cursor}");
        Add(report, $"explorer, page after {Deep * 500:N0} rows, where there are as many", await EachAsync(server, [.. deep], samples: 10));
        var pairs = filters.SelectMany((one, i) => filters.Skip(i + 1).Where(other => CanMeet(one, other)).Select(other => $"{list}{one}&{other}"));
        Add(report, "explorer, first page, every pair of filters", await EachAsync(server, [.. pairs.SelectMany(pair => new[] { pair, $"{pair}&sort=-latency_ms" })], samples: 5));
        Add(report, "event-count, every filter", await EachAsync(server, [.. filters.Select(filter => $"/api/v1/apps/{server.AppId}/event-count?{filter}")], samples: 5), target: false);
        var scanned = (await stored.SequentialScansAsync()).Where(table => table.Value > scans.GetValueOrDefault(table.Key)).ToList();
        foreach (var (table, count) in scanned) Console.WriteLine($"    {count - scans.GetValueOrDefault(table)} sequential scans of {table}");
        report.Add("sequential scans of event rows by all of these", $"{scanned.Sum(table => table.Value - scans.GetValueOrDefault(table.Key))}", "", "", "0", scanned.Count == 0);
    }

    // Two values of one filter, or the two ends of a range that would be none.
    private static bool CanMeet(string one, string other)
    {
        var (first, second) = (one.Split('=')[0], other.Split('=')[0]);
        return one.Length > 0 && first != second && (first, second) is not (("min_latency_ms", "max_latency_ms") or ("from", "to"));
    }

    private static void Add(Report report, string measure, Dictionary<string, double> p95, bool target = true)
    {
        var sorted = p95.OrderByDescending(pair => pair.Value).ToList();
        foreach (var (path, ms) in sorted.Take(12)) Console.WriteLine($"    {ms,7:N1} ms  {path[(path.IndexOf('?', StringComparison.Ordinal) + 1)..].Split("&cursor")[0]}");
        report.Add(
            $"{measure} ({sorted.Count})", $"p95: median {Report.Median(p95.Values.ToList()):N1}, worst {sorted[0].Value:N1} ms; {sorted.Count(pair => pair.Value >= TargetMs)} over {TargetMs} ms; {Report.Load}",
            "", "", target ? $"p95 < {TargetMs} ms" : "", target ? sorted[0].Value < TargetMs : null);
    }

    private static async Task<Dictionary<string, double>> EachAsync(ServerProcess server, string[] paths, int samples, bool isCold = false)
    {
        var results = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var path in paths)
        {
            results[path] = await P95Async(server, path, samples, isCold);
            if (results.Count % 50 == 0) Console.WriteLine($"  {results.Count} of {paths.Length}, {DateTime.UtcNow:T}");
        }

        return results;
    }

    internal static async Task<double> P95Async(ServerProcess server, string path, int samples, bool isCold = false)
    {
        var times = new List<double>();
        for (var i = isCold ? 0 : -1; i < samples; i++)
        {
            var start = Stopwatch.GetTimestamp();
            using var response = (await server.Http.GetAsync(path)).EnsureSuccessStatusCode();
            await response.Content.ReadAsByteArrayAsync();
            if (i >= 0) times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        times.Sort();
        return times[(int)Math.Ceiling(times.Count * .95) - 1];
    }

    /// <summary>Null where the list ends before.</summary>
    private static async Task<string?> CursorAsync(ServerProcess server, string path)
    {
        string? cursor = null;
        for (var page = 0; page < Deep; page++)
        {
            var answer = await server.Http.GetFromJsonAsync<JsonNode>($"{path}&limit=500{(cursor is null ? "" : $"&cursor={cursor}")}");
            cursor = answer!["next_cursor"]?.GetValue<string>();
            if (cursor is null) return null;
        }

        return cursor;
    }
}
