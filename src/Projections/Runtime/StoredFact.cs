using EventEngine.Application.EventStore;
using EventEngine.Domain.Shared;

namespace EventEngine.Projections.Runtime;

/// <summary>A fact with its place in the store. One that can't be read carries the reason instead, and only stops those who want it.</summary>
public sealed class StoredFact
{
    private readonly IFact? _fact;

    private StoredFact(RecordedEvent recorded, Guid subject, IFact? fact, Exception? unreadable)
    {
        (Stream, Type, Position, Metadata) = (recorded.Stream, recorded.Type, recorded.Position, recorded.Metadata);
        (Subject, _fact, Unreadable) = (subject, fact, unreadable);
    }

    public string Stream { get; }

    public string Type { get; }

    public StorePosition Position { get; }

    public ReadOnlyMemory<byte> Metadata { get; }

    /// <summary>The app or organization in the stream's name.</summary>
    public Guid Subject { get; }

    public Exception? Unreadable { get; }

    /// <exception cref="InvalidOperationException">It can't be read.</exception>
    public IFact Fact => _fact ?? throw new InvalidOperationException($"{Type} at {Position} can't be read.", Unreadable);

    public static StoredFact Readable(RecordedEvent recorded, Guid subject, IFact fact) => new(recorded, subject, fact, null);

    public static StoredFact Broken(RecordedEvent recorded, Exception reason) => new(recorded, Guid.Empty, null, reason);
}

/// <summary>What was read in one go, how far the store was looked through (null: no further), and whether that was its end.</summary>
public sealed record FactChunk(IReadOnlyList<StoredFact> Facts, StorePosition? End, bool CaughtUp);
