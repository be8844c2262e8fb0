using System.Collections.Concurrent;
using System.Text;

namespace EventEngine.Application.Ingestion;

/// <summary>
/// The event names an app has used, at most <see cref="Max"/>. Each process keeps its own, so two processes together may admit
/// a few more: the bound protects read models and pages, it is not an account.
/// </summary>
public sealed class EventNames
{
    public const int Max = 2_000;

    private readonly ConcurrentDictionary<byte[], bool> _names;
    private readonly ConcurrentDictionary<byte[], bool>.AlternateLookup<ReadOnlySpan<byte>> _lookup;
    private int _count;

    public EventNames(IEnumerable<string> known)
    {
        _names = new ConcurrentDictionary<byte[], bool>(Utf8Names.Comparer);
        _lookup = _names.GetAlternateLookup<ReadOnlySpan<byte>>();
        foreach (var name in known) Admit(AsWritten(name));
    }

    /// <param name="name">The name as it stands in stored JSON.</param>
    /// <returns>False when the name is new and there is no room for it.</returns>
    internal bool Admit(ReadOnlySpan<byte> name)
    {
        if (_lookup.ContainsKey(name)) return true;
        if (Volatile.Read(ref _count) >= Max) return false;
        if (_lookup.TryAdd(name, true)) Interlocked.Increment(ref _count);
        return true;
    }

    private static ReadOnlySpan<byte> AsWritten(string name)
    {
        var text = Encoding.UTF8.GetBytes(name);
        var raw = new byte[text.Length * 6];
        return raw.AsSpan(0, JsonText.Escape(text, raw));
    }

    private sealed class Utf8Names : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public static Utf8Names Comparer { get; } = new();

        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode(byte[] obj) => GetHashCode(obj.AsSpan());

        public int GetHashCode(ReadOnlySpan<byte> alternate)
        {
            var hash = new HashCode();
            hash.AddBytes(alternate);
            return hash.ToHashCode();
        }

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
    }
}
