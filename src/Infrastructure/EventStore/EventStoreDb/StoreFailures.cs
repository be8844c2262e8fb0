using EventEngine.Application.EventStore;
using EventEngine.Infrastructure.EventStore.EventStoreDb.Client;

namespace EventEngine.Infrastructure.EventStore.EventStoreDb;

/// <summary>From the client's failures to those of the port.</summary>
internal static class StoreFailures
{
    /// <summary>It passes by itself. Whether anything was done is not known.</summary>
    public static bool IsPassing(Exception e) => e is ServerUnavailableException or DeadlineException or NotLeaderException;

    /// <summary>Anything else is no failure of the store, and goes on as it is.</summary>
    public static bool IsFailure(Exception e) => e is EventStoreDbException or ObjectDisposedException;

    public static Exception Of(Exception e, string stream) => e switch
    {
        StreamTombstonedException => new StreamDeletedException(stream),
        AccessDeniedException => new StoreUnavailableException(
            "EventStoreDB denies access: check the user and password in EventEngine__EventStore__ConnectionString and the stream's rights.", e),
        EventStoreDbException when IsPassing(e) => new StoreUnavailableException($"EventStoreDB is not available: {e.Message}", e),
        ObjectDisposedException => new StoreUnavailableException("The event store is being stopped.", e),
        _ => new StoreUnavailableException($"EventStoreDB could not do it: {e.Message}", e),
    };
}
