using EventEngine.Application.EventStore;
using EventEngine.Infrastructure.EventStore.EventStoreDb.Client;
using EventEngine.Infrastructure.EventStore.EventStoreDb.Client.Connections;
using Microsoft.Extensions.Logging;

namespace EventEngine.Infrastructure.EventStore.EventStoreDb;

/// <summary>
/// The port on EventStoreDB, from 23.10 on. Events of its own streams are never shown; those that a stream's limits hide leave its own reads
/// at once, and reads of everything when the server is scavenged. Deleted streams leave both at once.
/// </summary>
public sealed class EventStoreDbStore : IEventStore, IAsyncDisposable
{
    private readonly EventStoreDbClient _client;
    private readonly Appends _appends;
    private readonly StreamReader _streams;
    private readonly AllReader _all;
    private readonly StreamLimits _limits;
    private readonly HeadFollower _head;
    private readonly Subscription _subscription;
    private bool _isDisposed;

    public EventStoreDbStore(ConnectionSettings settings, TimeProvider time, ILogger<EventStoreDbStore> logger)
    {
        var signal = new HeadSignal();
        var resuming = new ResumingRead(time, logger);
        _client = new EventStoreDbClient(settings, time);
        _appends = new Appends(_client, time);
        _limits = new StreamLimits(_client);
        _streams = new StreamReader(_client, resuming);
        _all = new AllReader(_client, _limits, resuming);
        _head = new HeadFollower(_client, signal, time, logger);
        _subscription = new Subscription(_client, _limits, _head, signal, resuming);
    }

    public async Task<AppendResult> AppendAsync(
        string stream, ExpectedRevision expected, IReadOnlyList<NewEvent> events, CancellationToken ct = default)
    {
        StreamNames.Check(stream);
        if (events.Count == 0) throw new ArgumentException("An append needs at least one event.", nameof(events));
        using var span = StoreTraces.Append(stream, events.Count);
        try
        {
            return await _appends.AppendAsync(stream, expected, events, ct);
        }
        catch (Exception e)
        {
            span.Failed(e);
            throw;
        }
    }

    public IAsyncEnumerable<RecordedEvent> ReadStreamAsync(
        string stream, ReadDirection direction = ReadDirection.Forwards, long? from = null, long limit = long.MaxValue, CancellationToken ct = default) =>
        _streams.ReadAsync(stream, direction, from, limit, ct);

    public IAsyncEnumerable<RecordedEvent> ReadAllAsync(
        ReadDirection direction = ReadDirection.Forwards, StorePosition? from = null, EventFilter? filter = null, long limit = long.MaxValue, CancellationToken ct = default) =>
        _all.ReadAsync(direction, from, filter, limit, ct);

    public IAsyncEnumerable<SubscriptionMessage> SubscribeAsync(StorePosition? after = null, EventFilter? filter = null, CancellationToken ct = default) =>
        _subscription.FollowAsync(after, filter, ct);

    public async ValueTask<StorePosition?> ReadHeadAsync(CancellationToken ct = default) => await AskAsync("$all", _head.ReadAsync(ct));

    public Task<StreamMetadata> ReadMetadataAsync(string stream, CancellationToken ct = default) => AskAsync(stream, _limits.ReadAsync(stream, ct));

    public Task SetMetadataAsync(string stream, StreamMetadata metadata, CancellationToken ct = default)
    {
        StreamNames.Check(stream);
        return AskAsync(stream, _limits.SetAsync(stream, metadata, ct));
    }

    public async Task DeleteStreamAsync(string stream, ExpectedRevision expected, bool tombstone = false, CancellationToken ct = default)
    {
        StreamNames.Check(stream);
        try
        {
            await _client.DeleteAsync(stream, Places.State(expected), tombstone, ct);
        }
        catch (WrongExpectedRevisionException e)
        {
            throw new WrongRevisionException(stream, expected, e.Actual);
        }
        catch (Exception e) when (StoreFailures.IsFailure(e))
        {
            throw StoreFailures.Of(e, stream);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, true)) return;
        await _head.DisposeAsync();
        await _client.DisposeAsync();
    }

    private static async Task<T> AskAsync<T>(string stream, Task<T> answer)
    {
        try
        {
            return await answer;
        }
        catch (Exception e) when (StoreFailures.IsFailure(e))
        {
            throw StoreFailures.Of(e, stream);
        }
    }
}
