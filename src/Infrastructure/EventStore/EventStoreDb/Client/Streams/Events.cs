namespace EventEngine.Infrastructure.EventStore.EventStoreDb.Client.Streams;

/// <summary>An event to append; its content type is JSON. The memory is read before the append first waits.</summary>
public readonly record struct EventData(Guid Id, string Type, ReadOnlyMemory<byte> Data, ReadOnlyMemory<byte> Metadata);

/// <summary>A place in the server's log.</summary>
public readonly record struct LogPlace(ulong Commit, ulong Prepare);

/// <summary>Where an append ended.</summary>
public readonly record struct Appended(LogPlace Place, long Revision);

/// <summary>An event as the server has it.</summary>
public sealed record EventRecord(
    string Stream, long Revision, LogPlace Place, Guid Id, string Type, ReadOnlyMemory<byte> Data, ReadOnlyMemory<byte> Metadata);

/// <summary>What a subscription to everything says.</summary>
public abstract record AllMessage
{
    public sealed record Event(EventRecord Recorded) : AllMessage;

    /// <summary>Everything up to here was looked at.</summary>
    public sealed record Checkpoint(LogPlace Place) : AllMessage;

    /// <summary>The server has begun, and later: it has come to the end and is now live.</summary>
    public sealed record Confirmed : AllMessage;

    public sealed record CaughtUp : AllMessage;
}
