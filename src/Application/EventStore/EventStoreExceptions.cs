namespace EventEngine.Application.EventStore;

/// <summary>The stream stands at another revision than the caller expected (-1: it has no events).</summary>
public sealed class WrongRevisionException(string stream, ExpectedRevision expected, long actual)
    : Exception($"Stream {stream} is at revision {actual}, not at {expected}.")
{
    public string Stream { get; } = stream;

    public ExpectedRevision Expected { get; } = expected;

    public long Actual { get; } = actual;
}

/// <summary>The stream has a tombstone: its name can't be used again.</summary>
public sealed class StreamDeletedException(string stream) : Exception($"Stream {stream} was deleted for good.")
{
    public string Stream { get; } = stream;
}

/// <summary>An append over the limit of 1 MiB.</summary>
public sealed class AppendTooLargeException(long bytes) : Exception($"An append of {bytes} bytes is over the limit of 1,048,576.")
{
    public long Bytes { get; } = bytes;
}

/// <summary>The store can't answer, or can't take more now. The append may be tried again.</summary>
public sealed class StoreUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
