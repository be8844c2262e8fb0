using EventEngine.Application.Entries;

namespace EventEngine.Web.Pages.Shared;

/// <summary>The product's charts, from what the queries answer.</summary>
public static class Charts
{
    public static ChartView Throughput(Throughput data, string? events, bool unfinished, string height = "") => new(
        "area", "", data.From.ToUnixTimeSeconds(), data.To.ToUnixTimeSeconds(), ChartView.StepSeconds(data.Step), unfinished,
        [.. data.Points.Select(point => point.At.ToUnixTimeSeconds())],
        [
            new ChartSeries("emitted", "c1", [.. data.Points.Select(point => (double?)point.Emitted)]),
            new ChartSeries("published", "c2", [.. data.Points.Select(point => (double?)point.Published)]),
        ],
        events, "No events in this time",
        "chart-throughput",
        $"Throughput per {Bucket(data.Step)}: {Words.Count(data.Points.Sum(point => point.Emitted))} emitted, "
            + $"{Words.Count(data.Points.Sum(point => point.Published))} published, at most {Words.Count(data.Points.Select(point => point.Emitted).DefaultIfEmpty().Max())} emitted in one.",
        height);

    public static ChartView Latency(Latency data, string? events, bool unfinished) => new(
        "lines", "ms", data.From.ToUnixTimeSeconds(), data.To.ToUnixTimeSeconds(), ChartView.StepSeconds(data.Step), unfinished,
        [.. data.Points.Select(point => point.At.ToUnixTimeSeconds())],
        [
            new ChartSeries("p50", "c1", [.. data.Points.Select(point => point.P50Ms)]),
            new ChartSeries("p95", "c2", [.. data.Points.Select(point => point.P95Ms)]),
            new ChartSeries("p99", "c3", [.. data.Points.Select(point => point.P99Ms)]),
        ],
        events, "Nothing published in this time",
        "chart-latency",
        $"Publish latency per {Bucket(data.Step)}: over the whole time p50 {Words.Ms(data.Window.P50Ms)}, p95 {Words.Ms(data.Window.P95Ms)}, p99 {Words.Ms(data.Window.P99Ms)}.");

    public static ChartView DeadLetters(Throughput data, string? events, bool unfinished) => new(
        "bars", "", data.From.ToUnixTimeSeconds(), data.To.ToUnixTimeSeconds(), ChartView.StepSeconds(data.Step), unfinished,
        [.. data.Points.Select(point => point.At.ToUnixTimeSeconds())],
        [new ChartSeries("dead letters", "bad", [.. data.Points.Select(point => (double?)point.DeadLettered)])],
        events, "No dead letters in this time",
        "chart-dead-letters",
        $"Dead letters per {Bucket(data.Step)}: {Words.Count(data.Points.Sum(point => point.DeadLettered))} in all.");

    /// <summary>In a sentence: "per minute".</summary>
    public static string Bucket(string step) => step switch
    {
        "1m" => "minute",
        "5m" => "5 minutes",
        "1h" => "hour",
        _ => "day",
    };

    public static string Bucket(long stepSeconds) => Bucket(stepSeconds switch { 60 => "1m", 300 => "5m", 3600 => "1h", _ => "1d" });

    /// <summary>Sums the same range of several apps; all have the same buckets.</summary>
    public static Throughput Sum(IReadOnlyList<Throughput> parts) => parts[0] with
    {
        Points = [.. parts[0].Points.Select((point, i) => point with
        {
            Events = parts.Sum(part => part.Points[i].Events),
            Emitted = parts.Sum(part => part.Points[i].Emitted),
            Published = parts.Sum(part => part.Points[i].Published),
            DeadLettered = parts.Sum(part => part.Points[i].DeadLettered),
        })],
    };
}
