using System.Diagnostics;
using System.Net;
using EventEngine.Bench.Baselines;
using EventEngine.Bench.Load;

namespace EventEngine.Bench.Measures;

/// <summary>How long after its 202 an event can be read through the query API, while 20,000 others a second arrive.</summary>
public static class Freshness
{
    public static async Task RunAsync(Report report, TimeSpan duration)
    {
        await using var server = await ServerProcess.StartAsync();
        await server.KnowAppAsync();
        var load = new LoadGenerator(server.Port, Corpus.Create(ParseOnly.Path, ServerProcess.ApiKey));
        var background = load.OpenAsync(16, duration, 20_000);
        var probe = Corpus.Create(ParseOnly.Path, ServerProcess.ApiKey, entries: 1);
        using var connection = new Connection(server.Port);
        var delays = new List<double>();
        for (var id = 900_000_000_000_000; !background.IsCompleted; id++)
        {
            await connection.SendAsync(probe.Next(id), close: false, default);
            var answered = Stopwatch.GetTimestamp();
            while (!await IsReadableAsync(server, id)) await Task.Delay(1);
            delays.Add(Stopwatch.GetElapsedTime(answered).TotalMilliseconds);
            await Task.Delay(20);
        }

        delays.Sort();
        var (p50, p99) = (delays[delays.Count / 2], delays[(int)(delays.Count * .99)]);
        report.Add("freshness at 20,000 events/s: 202 to query API", $"p50 {p50:N0} ms, p99 {p99:N0} ms ({delays.Count} probes)", "", "", "p50 ≤ 150 ms, p99 ≤ 500 ms", p50 <= 150 && p99 <= 500);
    }

    private static async Task<bool> IsReadableAsync(ServerProcess server, long id)
    {
        using var response = await server.Http.GetAsync($"/api/v1/apps/{server.AppId}/events/{id:D15}");
        return response.StatusCode == HttpStatusCode.OK;
    }
}
