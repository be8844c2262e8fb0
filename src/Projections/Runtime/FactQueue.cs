using System.Threading.Channels;
using EventEngine.Application.EventStore;

namespace EventEngine.Projections.Runtime;

/// <summary>
/// What waits for one projection: only facts that it wants and has not had yet. Bounded by the number of facts, so that memory stays flat
/// when the projection is slower than the reader. One writer and one reader at a time.
/// </summary>
public sealed class FactQueue(EventFilter wanted, StorePosition? after) : IDisposable
{
    private const int Capacity = 20_000;

    public static readonly TimeSpan Brief = TimeSpan.FromSeconds(1);

    private readonly Channel<FactChunk> _chunks = Channel.CreateUnbounded<FactChunk>(new() { SingleReader = true });
    private readonly SemaphoreSlim _room = new(0, 1);
    private int _waiting;
    private volatile bool _closed, _hasCaughtUp;

    public EventFilter Wanted => wanted;

    /// <summary>How long in all it may hold up others that are fed together with it, before it is let go.</summary>
    public TimeSpan Patience { get; set; } = Brief;

    /// <summary>How far the store was looked through for this projection.</summary>
    public StorePosition? Position { get; private set; } = after;

    public bool IsEmpty => Volatile.Read(ref _waiting) == 0;

    public bool IsClosed => _closed;

    /// <summary>The reader has come to the end of the store: what was there then is here, or was not wanted.</summary>
    public bool HasCaughtUp => _hasCaughtUp;

    /// <summary>The projection has ended: what still comes is dropped.</summary>
    public void Close()
    {
        _closed = true;
        MakeRoom();
    }

    /// <summary>Takes a chunk, whatever its size, if there is room at all.</summary>
    public bool TryWrite(FactChunk chunk)
    {
        var isNothing = _closed || chunk.End is null || chunk.End <= Position;
        if (!isNothing && Volatile.Read(ref _waiting) >= Capacity) return false;
        _hasCaughtUp |= chunk.CaughtUp;
        if (isNothing) return true;
        var facts = chunk.Facts.Where(fact => IsNew(fact) && wanted.Keeps(fact.Stream, fact.Type)).ToArray();
        Position = chunk.End;
        Interlocked.Add(ref _waiting, facts.Length);
        _chunks.Writer.TryWrite(new FactChunk(facts, chunk.End, chunk.CaughtUp));
        return true;
    }

    /// <returns>False when there was no room in time.</returns>
    public async Task<bool> WriteAsync(FactChunk chunk, TimeSpan patience, CancellationToken ct)
    {
        while (!TryWrite(chunk))
        {
            if (!await _room.WaitAsync(patience, ct)) return TryWrite(chunk);
        }

        return true;
    }

    public ValueTask<bool> WaitAsync(CancellationToken ct) => _chunks.Reader.WaitToReadAsync(ct);

    /// <summary>Whatever waits, up to about <paramref name="most"/> facts; moves <paramref name="end"/> to where the last chunk ended.</summary>
    public List<StoredFact> Take(int most, ref StorePosition? end)
    {
        var facts = new List<StoredFact>();
        while (facts.Count < most && _chunks.Reader.TryRead(out var chunk))
        {
            facts.AddRange(chunk.Facts);
            end = chunk.End;
        }

        if (facts.Count > 0) Interlocked.Add(ref _waiting, -facts.Count);
        MakeRoom();
        return facts;
    }

    public void Dispose() => _room.Dispose();

    private void MakeRoom()
    {
        lock (_room)
        {
            if (_room.CurrentCount == 0) _room.Release();
        }
    }

    private bool IsNew(StoredFact fact) => Position is not { } position || fact.Position > position;
}
