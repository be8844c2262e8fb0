using EventEngine.Application.EventStore;
using EventEngine.Domain.Shared;

namespace EventEngine.Projections.Runtime;

/// <summary>A fact with its place in the store. One that can't be read carries the reason instead, and only stops those who want it.</summary>
public sealed class StoredFact
{
    private readonly IFact? _fact;

    private StoredFact(RecordedEvent recorded, Guid subject, IFact? fact, string? reporterVersion, Exception? unreadable)
    {
        (Id, Stream, Revision, Type, Position) = (recorded.Id, recorded.Stream, recorded.Revision, recorded.Type, recorded.Position);
        (Subject, _fact, ReporterVersion, Unreadable) = (subject, fact, reporterVersion, unreadable);
    }

    /// <summary>Of the event; it stays when the store is copied to another engine.</summary>
    public Guid Id { get; }

    public string Stream { get; }

    public long Revision { get; }

    public string Type { get; }

    public StorePosition Position { get; }

    /// <summary>Of the client that reported it; null when it said none, or it was no client.</summary>
    public string? ReporterVersion { get; }

    /// <summary>The app or organization in the stream's name.</summary>
    public Guid Subject { get; }

    public Exception? Unreadable { get; }

    /// <exception cref="InvalidOperationException">It can't be read.</exception>
    public IFact Fact => _fact ?? throw new InvalidOperationException($"{Type} at {Position} can't be read.", Unreadable);

    public static StoredFact Readable(RecordedEvent recorded, Guid subject, IFact fact, string? reporterVersion) =>
        new(recorded, subject, fact, reporterVersion, null);

    public static StoredFact Broken(RecordedEvent recorded, Exception reason) => new(recorded, Guid.Empty, null, null, reason);
}

/// <summary>What was read in one go, how far the store was looked through (null: no further), and whether that was its end.</summary>
public sealed record FactChunk(IReadOnlyList<StoredFact> Facts, StorePosition? End, bool CaughtUp);
