using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using EventEngine.Application.EventStore;
using EventEngine.Domain.Shared;

namespace EventEngine.Web.Tests.Ingestion;

/// <summary>As much of a store as ingest needs, in memory; it can be told to fail.</summary>
internal sealed class MemoryEventStore : IEventStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, List<RecordedEvent>> _streams = [];
    private readonly ConcurrentDictionary<string, StreamMetadata> _metadata = new();
    private long _position;

    public bool IsDown { get; set; }

    /// <summary>Sizes of the appends so far: events and bytes.</summary>
    public ConcurrentQueue<(int Events, long Bytes)> Appends { get; } = new();

    public IReadOnlyList<RecordedEvent> Stream(string prefix)
    {
        lock (_lock) return [.. _streams.Where(pair => pair.Key.StartsWith(prefix, StringComparison.Ordinal)).SelectMany(pair => pair.Value)];
    }

    public IReadOnlyList<IFact> Facts(string prefix) => [.. Stream(prefix).Select(e => FactJson.Deserialize(e.Type, e.Data.Span))];

    public Task<AppendResult> AppendAsync(string stream, ExpectedRevision expected, IReadOnlyList<NewEvent> events, CancellationToken ct = default)
    {
        if (IsDown) throw new StoreUnavailableException("told to be down");
        lock (_lock)
        {
            if (!_streams.TryGetValue(stream, out var kept)) _streams[stream] = kept = [];
            var revision = kept.Count - 1L;
            if (expected.Known is { } known && known != revision) throw new WrongRevisionException(stream, expected, revision);
            foreach (var e in events)
            {
                var position = new StorePosition(++_position, _position);
                kept.Add(new RecordedEvent(stream, ++revision, position, e.Id, e.Type, e.Data.ToArray(), e.Metadata.ToArray()));
            }

            Appends.Enqueue((events.Count, events.Sum(e => (long)e.Data.Length + e.Metadata.Length)));
            return Task.FromResult(new AppendResult(new StorePosition(_position, _position), revision));
        }
    }

    public async IAsyncEnumerable<RecordedEvent> ReadStreamAsync(
        string stream, ReadDirection direction = ReadDirection.Forwards, long? from = null, long limit = long.MaxValue, [EnumeratorCancellation] CancellationToken ct = default)
    {
        await Task.CompletedTask;
        List<RecordedEvent> copy;
        lock (_lock) copy = [.. _streams.GetValueOrDefault(stream) ?? []];
        foreach (var recorded in copy) yield return recorded;
    }

    public Task<StreamMetadata> ReadMetadataAsync(string stream, CancellationToken ct = default) =>
        Task.FromResult(_metadata.GetValueOrDefault(stream) ?? new StreamMetadata());

    public Task SetMetadataAsync(string stream, StreamMetadata metadata, CancellationToken ct = default)
    {
        _metadata[stream] = metadata;
        return Task.CompletedTask;
    }

    public IAsyncEnumerable<RecordedEvent> ReadAllAsync(
        ReadDirection direction = ReadDirection.Forwards, StorePosition? from = null, EventFilter? filter = null, long limit = long.MaxValue, CancellationToken ct = default) =>
        throw new NotSupportedException();

    public IAsyncEnumerable<SubscriptionMessage> SubscribeAsync(StorePosition? after = null, EventFilter? filter = null, CancellationToken ct = default) =>
        throw new NotSupportedException();

    /// <summary>None: no projection follows this store, so there is nothing to wait for.</summary>
    public ValueTask<StorePosition?> ReadHeadAsync(CancellationToken ct = default) => default;

    public Task DeleteStreamAsync(string stream, ExpectedRevision expected, bool tombstone = false, CancellationToken ct = default) =>
        throw new NotSupportedException();
}
