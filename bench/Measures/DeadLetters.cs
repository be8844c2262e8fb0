using EventEngine.Bench.Load;

namespace EventEngine.Bench.Measures;

/// <summary>Groups of dead letters and their events, with 2 % of all entries of twenty apps dead, and then so many more in one of them. HTTP included, one client.</summary>
public static class DeadLetters
{
    private static readonly (string Name, string Path)[] Asked =
    [
        ("group list", "dead-letters/groups"),
        ("group list of one event name", "dead-letters/groups?event_name=event.00"),
        ("group list, filtered by time", "dead-letters/groups?from=2026-01-01T00:00:00Z"),
        ("dead letters, first page", "dead-letters"),
    ];

    public static async Task RunAsync(Report report, long entries, int more, string? data)
    {
        await using var server = await ServerProcess.StartAsync(data: data);
        await server.KnowAppAsync();
        await using var stored = await StoredEntries.ConnectAsync(server.Data);
        var app = (await stored.FillAsync(Guid.Parse(server.AppId), entries))[0];
        await MeasureAsync(report, server, $"{entries:N0} entries of {StoredEntries.Apps} apps");
        await stored.FillDeadAsync(app, more);
        await MeasureAsync(report, server, $"{more:N0} more dead letters in the app");
    }

    private static async Task MeasureAsync(Report report, ServerProcess server, string load)
    {
        foreach (var (name, path) in Asked)
        {
            var p95 = await Explorer.P95Async(server, $"/api/v1/apps/{server.AppId}/{path}", samples: 20);
            var isTarget = name is "group list" or "group list of one event name";
            report.Add($"{name}, {load}", $"p95 {p95:N1} ms; load {File.ReadAllText("/proc/loadavg").Split(' ')[0]}", "", "", isTarget ? "p95 < 200 ms" : "", isTarget ? p95 < 200 : null);
        }
    }
}
