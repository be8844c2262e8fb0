using EventEngine.Application.EventStore;

namespace EventEngine.Infrastructure.Tests.EventStore.Copying;

/// <summary>A store that goes away after so many appends: what was sent before is written, whether its sender hears of it or not.</summary>
internal sealed class FailingStore(IEventStore store, int after) : IEventStore
{
    private int _appends;

    public bool KeepsOrderOfSending => store.KeepsOrderOfSending;

    /// <summary>How many events each append brought.</summary>
    public List<int> Appends { get; } = [];

    /// <summary>For every append, when it has been sent.</summary>
    public Func<int, Task>? Sent { get; init; }

    public async Task<AppendResult> AppendAsync(string stream, ExpectedRevision expected, IReadOnlyList<NewEvent> events, CancellationToken ct = default)
    {
        var number = ++_appends;
        if (number > after) throw new StoreUnavailableException("Gone.");
        Appends.Add(events.Count);
        var append = store.AppendAsync(stream, expected, events, CancellationToken.None);
        if (Sent is not null) await Sent(number);
        var result = await append;
        return number == after ? throw new StoreUnavailableException("Gone.") : result;
    }

    public IAsyncEnumerable<RecordedEvent> ReadStreamAsync(
        string stream, ReadDirection direction = ReadDirection.Forwards, long? from = null, long limit = long.MaxValue, CancellationToken ct = default) =>
        store.ReadStreamAsync(stream, direction, from, limit, ct);

    public IAsyncEnumerable<RecordedEvent> ReadAllAsync(
        ReadDirection direction = ReadDirection.Forwards, StorePosition? from = null, EventFilter? filter = null, long limit = long.MaxValue, CancellationToken ct = default) =>
        store.ReadAllAsync(direction, from, filter, limit, ct);

    public IAsyncEnumerable<SubscriptionMessage> SubscribeAsync(StorePosition? after = null, EventFilter? filter = null, CancellationToken ct = default) =>
        store.SubscribeAsync(after, filter, ct);

    public ValueTask<StorePosition?> ReadHeadAsync(CancellationToken ct = default) => store.ReadHeadAsync(ct);

    public Task<StreamMetadata> ReadMetadataAsync(string stream, CancellationToken ct = default) => store.ReadMetadataAsync(stream, ct);

    public Task SetMetadataAsync(string stream, StreamMetadata metadata, CancellationToken ct = default) => store.SetMetadataAsync(stream, metadata, ct);

    public Task DeleteStreamAsync(string stream, ExpectedRevision expected, bool tombstone = false, CancellationToken ct = default) =>
        store.DeleteStreamAsync(stream, expected, tombstone, ct);
}
