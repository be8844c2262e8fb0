using EventEngine.Domain.Entries;

namespace EventEngine.Web.Tests.Api;

/// <summary>Percentiles against the latencies themselves.</summary>
public sealed class LatencyTests(ApiHost host) : IClassFixture<ApiHost>
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 9, 50, 0, TimeSpan.Zero);

    [Fact]
    public async Task Percentiles_are_those_of_one_sketch_over_all_latencies_whatever_the_step()
    {
        var random = new Random(7);
        var latencies = Enumerable.Range(0, 2000).Select(_ => Math.Round(Math.Exp(random.NextDouble() * 9), 3)).ToArray();
        await host.ReportAsync(host.Ours, [.. latencies.Select((ms, i) => (object)new
        {
            event_id = $"latency-{i}",
            event_name = $"name.{i % 7}",
            status = "published",
            timestamp = Start.AddSeconds(random.Next(0, 3 * 3600)),
            latency_ms = ms,
        })]);
        var sketch = new LatencySketch();
        foreach (var ms in latencies) sketch.Add((long)Math.Round(ms * 1000));

        foreach (var step in new[] { "1m", "5m", "1h", "1d" })
        {
            var answer = await host.GetAsync($"/api/v1/apps/{host.Ours.App}/latency?from=2026-03-01T09:50:00Z&to=2026-03-01T12:50:00Z&step={step}");
            var window = answer["window"]!;
            window["count"]!.GetValue<long>().ShouldBe(2000);
            foreach (var (name, fraction) in new[] { ("p50_ms", 0.5), ("p95_ms", 0.95), ("p99_ms", 0.99) })
            {
                var told = window[name]!.GetValue<double>();
                told.ShouldBe(sketch.PercentileUs(fraction)!.Value / 1000, tolerance: 0.001, customMessage: $"{name} at {step}");
                told.ShouldBe(Exact(latencies, fraction), tolerance: Exact(latencies, fraction) * 0.0101, customMessage: $"{name} at {step}");
            }

            answer["points"]!.AsArray().Sum(point => point!["count"]!.GetValue<long>()).ShouldBe(2000);
        }
    }

    [Fact]
    public async Task Only_what_is_in_the_range_counts_also_where_hours_are_read_whole()
    {
        await host.ReportAsync(host.Theirs, [.. Enumerable.Range(0, 180).Select(minute => (object)new
        {
            event_id = $"edge-{minute}", event_name = "edge", status = "published", timestamp = Start.AddMinutes(minute), latency_ms = 1,
        })]);
        foreach (var (from, to, count) in new[] { ("09:50", "12:50", 180), ("10:00", "12:00", 120), ("10:10", "12:05", 115), ("10:10", "10:20", 10), ("09:55", "10:00", 5) })
        {
            foreach (var step in new[] { "1m", "1h", "1d" })
            {
                var path = $"/api/v1/apps/{host.Theirs.App}/throughput?from=2026-03-01T{from}:00Z&to=2026-03-01T{to}:00Z&step={step}";
                var points = (await host.GetAsync(path, token: host.Theirs.Token))["points"]!.AsArray();
                points.Sum(point => point!["published"]!.GetValue<long>()).ShouldBe(count, $"{from}-{to} by {step}");
            }
        }
    }

    // As percentile_cont: between the two nearest ranks.
    private static double Exact(double[] values, double fraction)
    {
        var sorted = values.Order().ToArray();
        var rank = fraction * (sorted.Length - 1);
        var (below, above) = (sorted[(int)Math.Floor(rank)], sorted[(int)Math.Ceiling(rank)]);
        return below + ((above - below) * (rank - Math.Floor(rank)));
    }
}
