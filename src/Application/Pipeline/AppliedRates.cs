using System.Collections.Concurrent;

namespace EventEngine.Application.Pipeline;

/// <summary>How fast each projection applies events, from one look at its counter to a later one. Kept in memory: a rate is of now.</summary>
public sealed class AppliedRates(TimeProvider time)
{
    /// <summary>Looks that follow each other more closely share one measurement, so that many viewers see the same steady number.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(2);

    /// <summary>A look from long ago says nothing of now.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, Sample> _samples = new(StringComparer.Ordinal);

    /// <param name="applied">Events applied since the projection was built.</param>
    /// <returns>Events a second; null at the first look, or the first in a long time.</returns>
    public double? Measure(string projection, long applied)
    {
        var now = time.GetTimestamp();
        return _samples.AddOrUpdate(projection, _ => new Sample(now, applied, null), (_, last) => Next(last, now, applied)).PerSecond;
    }

    private Sample Next(Sample last, long now, long applied)
    {
        var elapsed = time.GetElapsedTime(last.Taken, now);
        if (elapsed < Shortest) return last;
        var rebuilt = applied < last.Applied;
        return new Sample(now, applied, elapsed > Longest || rebuilt ? null : Math.Round((applied - last.Applied) / elapsed.TotalSeconds, 1));
    }

    private sealed record Sample(long Taken, long Applied, double? PerSecond);
}
