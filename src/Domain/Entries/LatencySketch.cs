using System.Buffers;

namespace EventEngine.Domain.Entries;

/// <summary>
/// A mergeable histogram of latencies in microseconds (DDSketch): any percentile of any union comes out with a relative error of at most
/// 1 %. Bucket limits are integers, so that every machine counts alike; up to about 50 µs a bucket is one exact value, 0 among them.
/// Counts may be negative: a correction takes away what was counted in another sketch, and merging the two evens out.
/// </summary>
public sealed class LatencySketch
{
    private const byte Version = 1;
    private static readonly long[] LowerLimits = Limits();

    private int[] _buckets = [];
    private long[] _counts = [];
    private int _length;

    /// <summary>How many latencies; negative where more was taken away than added.</summary>
    public long Count { get; private set; }

    /// <summary>Nothing in it, and nothing missing from it.</summary>
    public bool IsEmpty => _length == 0;

    /// <exception cref="FormatException">The bytes are not a sketch of a known version.</exception>
    public static LatencySketch Decode(ReadOnlySpan<byte> from)
    {
        var sketch = new LatencySketch();
        sketch.MergeEncoded(from);
        return sketch;
    }

    public byte[] Encode()
    {
        var buffer = new ArrayBufferWriter<byte>(2 + (_length * 4));
        buffer.GetSpan(1)[0] = Version;
        buffer.Advance(1);
        var previous = 0;
        for (var i = 0; i < _length; i++)
        {
            Varint.Write(buffer, (ulong)(_buckets[i] - previous));
            Varint.WriteSigned(buffer, _counts[i]);
            previous = _buckets[i];
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <param name="latencyUs">Microseconds; below 0 counts as 0.</param>
    public void Add(long latencyUs) => Change(BucketOf(latencyUs), 1);

    public void Remove(long latencyUs) => Change(BucketOf(latencyUs), -1);

    public void Merge(LatencySketch other)
    {
        var at = 0;
        for (var i = 0; i < other._length; i++) at = Change(other._buckets[i], other._counts[i], at);
    }

    /// <summary>Merges a sketch as it is stored, without making an object of it.</summary>
    /// <exception cref="FormatException">The bytes are not a sketch of a known version.</exception>
    public void MergeEncoded(ReadOnlySpan<byte> from)
    {
        if (from.IsEmpty || from[0] != Version) throw new FormatException("A latency sketch of an unknown version.");
        from = from[1..];
        var bucket = 0ul;
        var at = 0;
        while (!from.IsEmpty)
        {
            bucket += Varint.Read(ref from);
            if (bucket >= (ulong)LowerLimits.Length - 1) throw new FormatException("A latency sketch with an unknown bucket.");
            at = Change((int)bucket, Varint.ReadSigned(ref from), at);
        }
    }

    /// <summary>Interpolates between the two nearest ranks, as <c>percentile_cont</c> does.</summary>
    /// <param name="fraction">0 to 1: 0.95 is the 95th percentile.</param>
    /// <returns>Microseconds; null when there is nothing in it.</returns>
    public double? PercentileUs(double fraction)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(fraction);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(fraction, 1);
        if (Count <= 0) return null;
        var rank = fraction * (Count - 1);
        var below = ValueAt((long)Math.Floor(rank));
        var above = ValueAt((long)Math.Ceiling(rank));
        return below + ((above - below) * (rank - Math.Floor(rank)));
    }

    private static int BucketOf(long latencyUs)
    {
        if (latencyUs <= 0) return 0;
        var found = Array.BinarySearch(LowerLimits, latencyUs);
        return Math.Min(found >= 0 ? found : ~found - 1, LowerLimits.Length - 2);
    }

    // 99 and 101: with hi <= lo * 1.01 / 0.99, the value between them is within 1 % of both. Ten years are enough for any latency.
    private static long[] Limits()
    {
        const long TenYears = 10L * 366 * 24 * 3600 * 1_000_000;
        var limits = new List<long> { 0 };
        for (var lowest = 1L; lowest <= TenYears; lowest = (lowest * 101 / 99) + 1) limits.Add(lowest);
        limits.Add((limits[^1] * 101 / 99) + 1);
        return [.. limits];
    }

    private static double Represent(int bucket)
    {
        double lowest = LowerLimits[bucket], highest = LowerLimits[bucket + 1] - 1;
        return bucket == 0 ? 0 : 2 * lowest * highest / (lowest + highest);
    }

    private double ValueAt(long rank)
    {
        var seen = 0L;
        for (var i = 0; i < _length; i++)
        {
            seen += _counts[i];
            if (seen > rank) return Represent(_buckets[i]);
        }

        return Represent(_buckets[_length - 1]);
    }

    private void Change(int bucket, long count)
    {
        var at = Array.BinarySearch(_buckets, 0, _length, bucket);
        Change(bucket, count, at < 0 ? ~at : at);
    }

    /// <param name="at">At or before the bucket's place: sketches come in order, so a merge walks both once.</param>
    /// <returns>The bucket's place.</returns>
    private int Change(int bucket, long count, int at)
    {
        Count += count;
        while (at < _length && _buckets[at] < bucket) at++;
        if (at == _length || _buckets[at] != bucket)
        {
            if (count != 0) Insert(at, bucket, count);
            return at;
        }

        _counts[at] += count;
        if (_counts[at] == 0) RemoveAt(at);
        return at;
    }

    private void Insert(int at, int bucket, long count)
    {
        if (_length == _buckets.Length)
        {
            var size = Math.Max(4, _length * 2);
            Array.Resize(ref _buckets, size);
            Array.Resize(ref _counts, size);
        }

        Array.Copy(_buckets, at, _buckets, at + 1, _length - at);
        Array.Copy(_counts, at, _counts, at + 1, _length - at);
        (_buckets[at], _counts[at]) = (bucket, count);
        _length++;
    }

    private void RemoveAt(int at)
    {
        _length--;
        Array.Copy(_buckets, at + 1, _buckets, at, _length - at);
        Array.Copy(_counts, at + 1, _counts, at, _length - at);
    }
}
