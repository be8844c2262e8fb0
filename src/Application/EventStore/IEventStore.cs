namespace EventEngine.Application.EventStore;

/// <summary>
/// The only truth. Engines differ in where they keep it, not in what they promise: an append is atomic and acknowledged only when durable,
/// positions grow in commit order, and a reader that has passed a position never meets a smaller one later.
/// </summary>
public interface IEventStore
{
    /// <summary>Whether appends that one caller sends without waiting for each are committed in the order in which they were sent.</summary>
    bool KeepsOrderOfSending => false;

    /// <summary>
    /// Appends all of <paramref name="events"/> or none. Repeated with the same event ids at the same expected revision it succeeds and
    /// writes nothing; under <see cref="ExpectedRevision.Any"/> nothing is de-duplicated. At most 1 MiB in all.
    /// </summary>
    /// <exception cref="WrongRevisionException">The stream is not where the caller thought.</exception>
    /// <exception cref="StreamDeletedException">The stream has a tombstone.</exception>
    /// <exception cref="AppendTooLargeException">More than 1 MiB.</exception>
    /// <exception cref="StoreUnavailableException">Nothing is known to be written; try again later.</exception>
    Task<AppendResult> AppendAsync(string stream, ExpectedRevision expected, IReadOnlyList<NewEvent> events, CancellationToken ct = default);

    /// <summary>Reads one stream from a revision, inclusive. An unknown or deleted stream yields nothing.</summary>
    /// <exception cref="StreamDeletedException">The stream has a tombstone.</exception>
    IAsyncEnumerable<RecordedEvent> ReadStreamAsync(
        string stream, ReadDirection direction = ReadDirection.Forwards, long? from = null, long limit = long.MaxValue, CancellationToken ct = default);

    /// <summary>Reads everything: forwards strictly after <paramref name="from"/>, backwards strictly before it; null is the start or the end.</summary>
    IAsyncEnumerable<RecordedEvent> ReadAllAsync(
        ReadDirection direction = ReadDirection.Forwards, StorePosition? from = null, EventFilter? filter = null, long limit = long.MaxValue, CancellationToken ct = default);

    /// <summary>
    /// Everything strictly after <paramref name="after"/> (null: from the start), then what follows as it is committed, until cancelled.
    /// A slow consumer slows the read and never grows memory. Checkpoints tell how far a filter has looked.
    /// </summary>
    IAsyncEnumerable<SubscriptionMessage> SubscribeAsync(StorePosition? after = null, EventFilter? filter = null, CancellationToken ct = default);

    /// <summary>The position of the last event; null while the store is empty.</summary>
    ValueTask<StorePosition?> ReadHeadAsync(CancellationToken ct = default);

    Task<StreamMetadata> ReadMetadataAsync(string stream, CancellationToken ct = default);

    Task SetMetadataAsync(string stream, StreamMetadata metadata, CancellationToken ct = default);

    /// <summary>
    /// Removes all events of a stream. Without a tombstone the stream may be written again, its revisions going on where they were;
    /// with one its name is closed for good.
    /// </summary>
    Task DeleteStreamAsync(string stream, ExpectedRevision expected, bool tombstone = false, CancellationToken ct = default);
}
