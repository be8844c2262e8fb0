using System.Buffers;
using EventEngine.Domain.Ingestion;

namespace EventEngine.Application.Ingestion;

/// <summary>Why the entry at <see cref="Index"/> of a request was turned down.</summary>
public readonly record struct Rejection(int Index, string Reason);

/// <summary>
/// What a request's body held: for each entry its fact, as stored JSON, in the order of the body.
/// The memory is pooled: it is gone with <see cref="Dispose"/>.
/// </summary>
public sealed class Batch : IDisposable
{
    private const int InitialFacts = 64;

    private readonly List<Rejection> _rejections = [];
    private FactBuffer _json;
    private FactSlice[] _facts = ArrayPool<FactSlice>.Shared.Rent(InitialFacts);

    internal Batch(int capacity, DateTimeOffset receivedAt)
    {
        ReceivedAt = receivedAt;
        _json = new FactBuffer(capacity);
    }

    public DateTimeOffset ReceivedAt { get; }

    /// <summary>Every entry sent, rejected ones included.</summary>
    public int Count { get; private set; }

    public IReadOnlyList<Rejection> Rejections => _rejections;

    internal ref FactBuffer Json => ref _json;

    /// <summary>The stored type and the UTF-8 JSON of the fact of one entry.</summary>
    public (string Type, ReadOnlyMemory<byte> Data) this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            var fact = _facts[index];
            return (fact.Rejected ? RejectedType : ReportedType, _json.Slice(fact.Start, fact.Length));
        }
    }

    public void Dispose()
    {
        _json.Dispose();
        ArrayPool<FactSlice>.Shared.Return(_facts);
        _facts = [];
        Count = 0;
    }

    internal static string ReportedType { get; } = EventStore.FactTypes.NameOf(typeof(EntryReported));

    internal static string RejectedType { get; } = EventStore.FactTypes.NameOf(typeof(EntryRejected));

    internal void Add(int start, string? rejection)
    {
        if (Count == _facts.Length) Grow();
        if (rejection is not null) _rejections.Add(new Rejection(Count, rejection));
        _facts[Count++] = new FactSlice(start, _json.Length - start, rejection is not null);
    }

    internal void Clear()
    {
        Count = 0;
        _rejections.Clear();
        _json.CutBackTo(0);
    }

    private void Grow()
    {
        var larger = ArrayPool<FactSlice>.Shared.Rent(_facts.Length * 2);
        _facts.CopyTo(larger, 0);
        ArrayPool<FactSlice>.Shared.Return(_facts);
        _facts = larger;
    }

    private readonly record struct FactSlice(int Start, int Length, bool Rejected);
}
