namespace EventEngine.Bench.Load;

/// <summary>What a load saw. Latencies are milliseconds, sorted.</summary>
public sealed record LoadResult(long Requests, long Entries, TimeSpan Elapsed, double[] LatenciesMs, IReadOnlyDictionary<int, long> Statuses)
{
    public double EntriesPerSecond => Entries / Elapsed.TotalSeconds;

    public double RequestsPerSecond => Requests / Elapsed.TotalSeconds;

    public double LatencyMs(double quantile) =>
        LatenciesMs.Length == 0 ? double.NaN : LatenciesMs[Math.Min(LatenciesMs.Length - 1, (int)(quantile * LatenciesMs.Length))];

    public override string ToString() =>
        $"{EntriesPerSecond,10:N0} events/s  p50 {LatencyMs(.5):N1} ms  p99 {LatencyMs(.99):N1} ms" +
        (Statuses.Keys.All(status => status == 202) ? "" : "  " + string.Join(", ", Statuses.Select(pair => $"{pair.Key}×{pair.Value}")));
}
