using System.Threading.Channels;
using EventEngine.Application.EventStore;

namespace EventEngine.Infrastructure.EventStore.Embedded;

/// <summary>Appends that wait for the next group, and those in it. Bounded by events and by bytes; what doesn't fit is refused at once.</summary>
internal sealed class AppendQueue
{
    private const int MaxEvents = 100_000, MaxGroupEvents = 5_000;
    private const long MaxBytes = 64 << 20, MaxGroupBytes = 4 << 20;
    private readonly Channel<PendingAppend> _waiting = Channel.CreateUnbounded<PendingAppend>(new() { SingleReader = true });
    private long _events;
    private long _bytes;

    /// <exception cref="StoreUnavailableException">Too much is waiting, or the store is being stopped.</exception>
    public void Enter(PendingAppend append)
    {
        var events = Interlocked.Add(ref _events, append.Events);
        var bytes = Interlocked.Add(ref _bytes, append.Encoded.Bytes);
        StoreMetrics.Queued.Add(append.Events);
        var alone = events == append.Events;
        if (!alone && (events > MaxEvents || bytes > MaxBytes))
        {
            Leave(append);
            throw new StoreUnavailableException("The event store can't take more now: too many appends are waiting.");
        }

        if (_waiting.Writer.TryWrite(append)) return;
        Leave(append);
        throw new StoreUnavailableException("The event store is being stopped.");
    }

    /// <summary>Once for every append that entered, when nothing needs its bytes any more.</summary>
    public void Leave(PendingAppend append)
    {
        Interlocked.Add(ref _events, -append.Events);
        Interlocked.Add(ref _bytes, -append.Encoded.Bytes);
        StoreMetrics.Queued.Add(-append.Events);
        append.Encoded.Release();
    }

    public void Close() => _waiting.Writer.TryComplete();

    /// <summary>False when the queue is closed and empty.</summary>
    public ValueTask<bool> WaitAsync() => _waiting.Reader.WaitToReadAsync();

    /// <summary>Whatever waits, up to the size of a group; nobody lingers for more.</summary>
    public void TakeGroup(List<PendingAppend> group)
    {
        int events = 0, bytes = 0;
        while (_waiting.Reader.TryPeek(out var next))
        {
            events += next.Events;
            bytes += next.Encoded.Bytes;
            if (group.Count > 0 && (events > MaxGroupEvents || bytes > MaxGroupBytes)) return;
            _waiting.Reader.TryRead(out _);
            if (next.TryTake()) group.Add(next);
            else Leave(next);
        }
    }
}
