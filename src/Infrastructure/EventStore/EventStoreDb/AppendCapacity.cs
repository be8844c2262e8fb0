using EventEngine.Application.EventStore;

namespace EventEngine.Infrastructure.EventStore.EventStoreDb;

/// <summary>Appends on their way to the server, bounded by bytes: what doesn't fit is refused at once.</summary>
internal sealed class AppendCapacity
{
    private const long MaxBytes = 64 << 20;
    private long _bytes;

    /// <exception cref="StoreUnavailableException">Too much is waiting.</exception>
    public void Enter(long bytes, int events)
    {
        if (Interlocked.Add(ref _bytes, bytes) > MaxBytes)
        {
            Interlocked.Add(ref _bytes, -bytes);
            throw new StoreUnavailableException("The event store can't take more now: too many appends are waiting.");
        }

        StoreMetrics.Queued.Add(events);
    }

    public void Leave(long bytes, int events)
    {
        Interlocked.Add(ref _bytes, -bytes);
        StoreMetrics.Queued.Add(-events);
    }
}
