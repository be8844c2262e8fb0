using System.Globalization;
using EventEngine.Bench.Load;

namespace EventEngine.Bench.Measures;

/// <summary>Groups of dead letters and their events, with 2 % of all entries of twenty apps dead, and then so many more in one of them. HTTP included, one client.</summary>
public static class DeadLetters
{
    private static readonly string Since = DateTime.UtcNow.AddDays(-3).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static readonly (string Name, string Path)[] Groups =
    [
        ("group list", ""),
        ("group list of one event name", "event_name=event.00"),
        ("group list of a version", "version=2"),
        ("group list of an error class", "error_class=Timeout::Error"),
        ("group list since three days ago", $"from={Since}"),
        ("group list of all time, by time", "from=2026-01-01T00:00:00Z"),
        ("group list by attempts", "attempts=2"),
        ("group list by few attempts", "attempts_max=4"),
        ("group list by text", "q=expired"),
        ("group list by the beginning of an id", "q=1234"),
        ("group list by time, text and attempts", $"from={Since}&q=order&attempts=3"),
        ("group list in another order", "sort=-ever&state=all"),
    ];

    public static async Task RunAsync(Report report, long entries, int more, string data)
    {
        await using var server = await ServerProcess.StartAsync(data: data);
        var app = (await StoredEntries.FillAsync(server, entries))[0];
        await using var stored = await StoredEntries.ConnectAsync(server.Data);
        await MeasureAsync(report, server, $"{entries:N0} entries of {StoredEntries.Apps} apps");
        await stored.FillDeadAsync(app, more);
        await MeasureAsync(report, server, $"{more:N0} more dead letters in the app");
        await stored.DropDeadAsync();
    }

    private static async Task MeasureAsync(Report report, ServerProcess server, string load)
    {
        foreach (var (name, query) in Groups)
        {
            var p95 = await Explorer.P95Async(server, $"/api/v1/apps/{server.AppId}/dead-letters/groups?{query}", samples: 20);
            report.Add($"{name}, {load}", $"p95 {p95:N1} ms; {Report.Load}", "", "", "p95 < 200 ms", p95 < 200);
        }

        foreach (var query in (string[])["", "event_name=event.00", "attempts=2", "q=order", "q=nothing+like+it", "sort=attempts", "sort=-error_class", "q=order&sort=attempts"])
        {
            var p95 = await Explorer.P95Async(server, $"/api/v1/apps/{server.AppId}/dead-letters?{query}", samples: 20);
            report.Add($"dead letters, first page, {query} {load}", $"p95 {p95:N1} ms; {Report.Load}", "", "", "p95 < 100 ms", p95 < 100);
        }
    }
}
