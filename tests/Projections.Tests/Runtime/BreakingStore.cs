using System.Runtime.CompilerServices;
using EventEngine.Application.EventStore;

namespace EventEngine.Projections.Tests.Runtime;

/// <summary>A store that goes away in the middle of a subscription, until it is told to come back.</summary>
internal sealed class BreakingStore(IEventStore store, int after) : IEventStore
{
    private readonly TaskCompletionSource _back = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>How often somebody looked whether it is there, in vain.</summary>
    public int Looks { get; private set; }

    public void ComeBack() => _back.SetResult();

    public async IAsyncEnumerable<SubscriptionMessage> SubscribeAsync(
        StorePosition? position = null, EventFilter? filter = null, [EnumeratorCancellation] CancellationToken ct = default)
    {
        var told = 0;
        await foreach (var message in store.SubscribeAsync(position, filter, ct))
        {
            if (told++ == after) await _back.Task.WaitAsync(ct);
            yield return message;
        }
    }

    public ValueTask<StorePosition?> ReadHeadAsync(CancellationToken ct = default)
    {
        if (_back.Task.IsCompleted) return store.ReadHeadAsync(ct);
        Looks++;
        throw new StoreUnavailableException("It is away.");
    }

    public Task<AppendResult> AppendAsync(string stream, ExpectedRevision expected, IReadOnlyList<NewEvent> events, CancellationToken ct = default) =>
        store.AppendAsync(stream, expected, events, ct);

    public IAsyncEnumerable<RecordedEvent> ReadStreamAsync(
        string stream, ReadDirection direction = ReadDirection.Forwards, long? from = null, long limit = long.MaxValue, CancellationToken ct = default) =>
        store.ReadStreamAsync(stream, direction, from, limit, ct);

    public IAsyncEnumerable<RecordedEvent> ReadAllAsync(
        ReadDirection direction = ReadDirection.Forwards, StorePosition? from = null, EventFilter? filter = null, long limit = long.MaxValue, CancellationToken ct = default) =>
        store.ReadAllAsync(direction, from, filter, limit, ct);

    public Task<StreamMetadata> ReadMetadataAsync(string stream, CancellationToken ct = default) => store.ReadMetadataAsync(stream, ct);

    public Task SetMetadataAsync(string stream, StreamMetadata metadata, CancellationToken ct = default) => store.SetMetadataAsync(stream, metadata, ct);

    public Task DeleteStreamAsync(string stream, ExpectedRevision expected, bool tombstone = false, CancellationToken ct = default) =>
        store.DeleteStreamAsync(stream, expected, tombstone, ct);
}
