using EventEngine.Bench.Load;

namespace EventEngine.Bench.Measures;

/// <summary>The catalog of schemas over the stored entries: forty names, each defined in three versions and emitted by twenty apps. HTTP included, one client.</summary>
public static class Catalog
{
    private static readonly (string Name, string Path)[] Asked =
    [
        ("schemas", "schemas"),
        ("schemas, by a part of the name, breaking", "schemas?q=event.1&verdict=breaking"),
        ("schema of the most frequent event", "schemas/event.00"),
        ("schema of the rarest event", "schemas/event.39"),
        ("diff of two versions", "schemas/event.00/diff?from=1&to=3"),
    ];

    public static async Task RunAsync(Report report, long entries, string data)
    {
        await using var server = await ServerProcess.StartAsync(data: data);
        await StoredEntries.FillAsync(server, entries);
        var first = await Explorer.P95Async(server, "/api/v1/schemas", samples: 1, isCold: true);
        report.Add($"schemas, the first in a minute, {entries:N0} entries of {StoredEntries.Apps} apps", $"{first:N1} ms; {Report.Load}", "", "", "", null);
        foreach (var (name, path) in Asked)
        {
            var p95 = await Explorer.P95Async(server, $"/api/v1/{path}", samples: 20);
            report.Add($"{name}, {entries:N0} entries of {StoredEntries.Apps} apps", $"p95 {p95:N1} ms; {Report.Load}", "", "", "p95 < 100 ms", p95 < 100);
        }
    }
}
