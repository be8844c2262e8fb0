namespace EventEngine.Infrastructure.EventStore.EventStoreDb.Client.Streams;

/// <summary>What an append or a deletion expects of its stream: a revision from 0, or one of three words.</summary>
public readonly record struct StreamState
{
    private StreamState(long value) => Value = value;

    public static StreamState NoStream { get; } = new(-1);

    public static StreamState Any { get; } = new(-2);

    public static StreamState StreamExists { get; } = new(-4);

    internal long Value { get; }

    public static StreamState Revision(long revision)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(revision);
        return new StreamState(revision);
    }
}
