namespace EventEngine.Application.EventStore;

/// <summary>An event to append. Data and metadata are UTF-8 JSON, and are borrowed until the append has returned.</summary>
public readonly record struct NewEvent(Guid Id, string Type, ReadOnlyMemory<byte> Data, ReadOnlyMemory<byte> Metadata);

/// <summary>An event as the store has it.</summary>
public sealed record RecordedEvent(
    string Stream, long Revision, StorePosition Position, Guid Id, string Type, ReadOnlyMemory<byte> Data, ReadOnlyMemory<byte> Metadata);

/// <summary>Where an append ended: the position and revision of its last event.</summary>
public readonly record struct AppendResult(StorePosition Position, long Revision);

public enum ReadDirection
{
    Forwards,
    Backwards,
}

/// <summary>What a subscription says: an event, how far it has looked, or that it has caught up and is now live.</summary>
public abstract record SubscriptionMessage
{
    public sealed record Event(RecordedEvent Recorded) : SubscriptionMessage;

    public sealed record Checkpoint(StorePosition Position) : SubscriptionMessage;

    public sealed record CaughtUp : SubscriptionMessage;
}

/// <summary>Keeps events whose stream begins with one of the prefixes, or whose type is one of the types; both null keeps everything.</summary>
public sealed record EventFilter(IReadOnlyList<string>? StreamPrefixes = null, IReadOnlyList<string>? Types = null)
{
    public bool Keeps(string stream, string type)
    {
        if (StreamPrefixes is null && Types is null) return true;
        return (StreamPrefixes?.Any(prefix => stream.StartsWith(prefix, StringComparison.Ordinal)) ?? false) || (Types?.Contains(type) ?? false);
    }
}

/// <summary>Limits a stream keeps by itself; null is no limit.</summary>
public sealed record StreamMetadata(TimeSpan? MaxAge = null, long? MaxCount = null);
