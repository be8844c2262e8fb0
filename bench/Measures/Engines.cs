using EventEngine.Bench.Baselines;

namespace EventEngine.Bench.Measures;

/// <summary>
/// The embedded engine against EventStoreDB: the same batches, in turns, without HTTP before them. The server is the one that
/// EVENTSTORE_CONNECTION_STRING names; it shares the machine, or does not, as the operator chose.
/// </summary>
public static class Engines
{
    private const string Variable = "EVENTSTORE_CONNECTION_STRING";

    public static async Task RunAsync(Report report, int rounds, TimeSpan duration)
    {
        var connection = Environment.GetEnvironmentVariable(Variable);
        if (string.IsNullOrEmpty(connection))
        {
            report.Add("appends to EventStoreDB", $"not measured: {Variable} is not set", "", "", "", met: null);
            return;
        }

        await using var embedded = await StorageOnly.StartAsync();
        await using var server = await StorageOnly.StartAsync(connection);
        foreach (var waiting in new[] { 1, 16, 64 })
        {
            List<double> ratios = [], here = [], there = [], hereP99 = [], thereP99 = [];
            for (var round = 0; round < rounds; round++)
            {
                await MeasureAsync(embedded, waiting, duration, here, hereP99);
                await MeasureAsync(server, waiting, duration, there, thereP99);
                ratios.Add(there[^1] / here[^1]);
            }

            report.Add(
                $"appends of 50 events to EventStoreDB, {waiting} waiting",
                $"{Report.Spread(there)}/s, p99 {Report.Spread(thereP99, "N1")} ms",
                $"embedded: {Report.Spread(here)}/s, p99 {Report.Spread(hereP99, "N1")} ms",
                Report.Spread(ratios, "N2"),
                "",
                met: null);
        }
    }

    private static async Task MeasureAsync(StorageOnly engine, int waiting, TimeSpan duration, List<double> rates, List<double> p99)
    {
        var latencies = new List<double>();
        rates.Add(await engine.AppendAsync(waiting, duration, latencies));
        latencies.Sort();
        p99.Add(latencies[(int)(latencies.Count * 0.99)]);
    }
}
