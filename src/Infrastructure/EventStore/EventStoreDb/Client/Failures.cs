using EventEngine.Infrastructure.EventStore.EventStoreDb.Client.Grpc;

namespace EventEngine.Infrastructure.EventStore.EventStoreDb.Client;

/// <summary>A call that did not succeed. The kinds that callers tell apart have types of their own.</summary>
public class EventStoreDbException(GrpcStatus status, string message, Exception? inner = null) : Exception(message, inner)
{
    public GrpcStatus Status { get; } = status;
}

/// <summary>The stream is not where the append or deletion expected it.</summary>
/// <param name="actual">Its last revision; -1 when it has no events.</param>
public sealed class WrongExpectedRevisionException(long actual)
    : EventStoreDbException(GrpcStatus.FailedPrecondition, $"The stream is at revision {actual}.")
{
    public long Actual { get; } = actual;
}

/// <summary>The stream has a tombstone.</summary>
public sealed class StreamTombstonedException() : EventStoreDbException(GrpcStatus.FailedPrecondition, "The stream was deleted for good.");

/// <param name="limit">What the server takes at most, in bytes; 0 when it did not say.</param>
public sealed class AppendSizeException(long limit)
    : EventStoreDbException(GrpcStatus.InvalidArgument, $"The server takes appends of at most {limit} bytes.")
{
    public long Limit { get; } = limit;
}

/// <summary>The node answered that another one leads; nothing was done.</summary>
public sealed class NotLeaderException(string host, int port)
    : EventStoreDbException(GrpcStatus.NotFound, $"The node does not lead; {host}:{port} does.")
{
    public string Host { get; } = host;

    public int Port { get; } = port;
}

/// <summary>Credentials are missing, wrong, or not enough.</summary>
public sealed class AccessDeniedException(GrpcStatus status, string message) : EventStoreDbException(status, message);

/// <summary>No answer came in time. What was asked may have been done, or may still be.</summary>
public sealed class DeadlineException(string message, Exception? inner = null) : EventStoreDbException(GrpcStatus.DeadlineExceeded, message, inner);

/// <summary>The server could not be reached, or the connection to it broke. What was asked may have been done.</summary>
public sealed class ServerUnavailableException(string message, Exception? inner = null) : EventStoreDbException(GrpcStatus.Unavailable, message, inner);
