using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace EventEngine.Projections.Entries;

/// <summary>
/// The keys of all rows since the table was empty: one that it does not know need not be looked up. A Bloom filter (Bloom, 1970) of 8 MiB:
/// it never denies a key that it was told, and of others it takes 4 in 100 for known once it holds as many as it takes.
/// </summary>
internal sealed class KnownKeys
{
    public const int Capacity = 10_000_000;

    private const int Bits = 1 << 26, Probes = 4;

    private readonly ulong[] _bits = new ulong[Bits / 64];
    private int _count;

    /// <summary>With more, it would take ever more of the others for known.</summary>
    public bool IsFull => _count >= Capacity;

    public void Add(EntryKey key)
    {
        _count++;
        var hash = HashOf(key);
        for (var probe = 0; probe < Probes; probe++)
        {
            var bit = BitOf(hash, probe);
            _bits[bit / 64] |= 1UL << (bit % 64);
        }
    }

    public bool MayHave(EntryKey key)
    {
        var hash = HashOf(key);
        for (var probe = 0; probe < Probes; probe++)
        {
            var bit = BitOf(hash, probe);
            if ((_bits[bit / 64] & (1UL << (bit % 64))) == 0) return false;
        }

        return true;
    }

    // Two hashes give all the others (Kirsch and Mitzenmacher, 2006).
    private static int BitOf(ulong hash, int probe) => (int)(((uint)hash + ((ulong)probe * ((hash >> 32) | 1))) % Bits);

    private static ulong HashOf(EntryKey key)
    {
        var app = key.App;
        var halves = MemoryMarshal.Cast<Guid, long>(new ReadOnlySpan<Guid>(in app));
        return XxHash3.HashToUInt64(MemoryMarshal.AsBytes(key.EventId.AsSpan()), halves[0] ^ halves[1]);
    }
}
