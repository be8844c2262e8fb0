namespace EventEngine.Application.EventStore;

/// <summary>What the caller believes of a stream before an append: anything, that it is empty, that it exists, or its last revision (from 0).</summary>
public readonly record struct ExpectedRevision
{
    private const long AnyValue = -2, NoStreamValue = -1, StreamExistsValue = -4;

    private ExpectedRevision(long value) => Value = value;

    public static ExpectedRevision Any { get; } = new(AnyValue);

    public static ExpectedRevision NoStream { get; } = new(NoStreamValue);

    public static ExpectedRevision StreamExists { get; } = new(StreamExistsValue);

    /// <summary>-1 for no stream, -2 for any, -4 for exists, else the revision itself.</summary>
    public long Value { get; }

    public static ExpectedRevision At(long revision)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(revision);
        return new ExpectedRevision(revision);
    }

    /// <summary>The revision after which an append is expected to stand: a known one, or -1 for a new stream; null when nothing is claimed.</summary>
    public long? Known => Value >= NoStreamValue ? Value : null;

    public override string ToString() => Value switch
    {
        AnyValue => "any",
        NoStreamValue => "no stream",
        StreamExistsValue => "stream exists",
        _ => Value.ToString(),
    };
}
