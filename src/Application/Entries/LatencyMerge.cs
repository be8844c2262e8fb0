using EventEngine.Domain.Entries;

namespace EventEngine.Application.Entries;

/// <summary>Latencies of any number of rollup rows: the counts add up, the sketches merge.</summary>
internal sealed class LatencyMerge
{
    private readonly LatencySketch _sketch = new();
    private long _count;
    private long _sumUs;

    public long Count => _count;

    public double? AvgMs => _count > 0 ? Milliseconds((double)_sumUs / _count) : null;

    public void Add(long count, long sumUs, byte[]? sketch)
    {
        _count += count;
        _sumUs += sumUs;
        if (sketch is not null) _sketch.MergeEncoded(sketch);
    }

    public void Add(LatencyMerge other)
    {
        _count += other._count;
        _sumUs += other._sumUs;
        _sketch.Merge(other._sketch);
    }

    public double? PercentileMs(double fraction) => _sketch.PercentileUs(fraction) is { } us ? Milliseconds(us) : null;

    private static double Milliseconds(double us) => Math.Round(us / 1000, 3);
}
