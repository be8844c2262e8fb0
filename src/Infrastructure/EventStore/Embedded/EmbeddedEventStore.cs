using EventEngine.Application.EventStore;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace EventEngine.Infrastructure.EventStore.Embedded;

/// <summary>
/// Append-only tables in Postgres, any number of processes on them. What a stream's limits hide is gone from its own reads at once, and from
/// reads of everything when it is trimmed; a deleted stream is gone from both at once.
/// </summary>
public sealed class EmbeddedEventStore : IEventStore, IAsyncDisposable
{
    private readonly NpgsqlDataSource _dataSource;
    private readonly HeadListener _listener;
    private readonly StreamTrimmer _trimmer;
    private readonly Appender _appender;
    private readonly StreamChanges _changes;
    private readonly StreamReader _streams;
    private readonly AllReader _all;
    private readonly Subscription _subscription;
    private bool _isDisposed;

    public EmbeddedEventStore(NpgsqlDataSource dataSource, TimeProvider time, ILogger<EmbeddedEventStore> logger)
    {
        var signal = new HeadSignal();
        var pages = new AllPages(dataSource);
        _dataSource = dataSource;
        _listener = new HeadListener(dataSource, signal, time, logger);
        _trimmer = new StreamTrimmer(dataSource, time, logger);
        _appender = new Appender(dataSource, signal, _trimmer, time, logger);
        _changes = new StreamChanges(dataSource, _trimmer);
        _streams = new StreamReader(dataSource, time);
        _all = new AllReader(pages);
        _subscription = new Subscription(pages, signal, time, logger);
    }

    /// <summary>Of this process: appends queue up as they come.</summary>
    public bool KeepsOrderOfSending => true;

    public async Task<AppendResult> AppendAsync(
        string stream, ExpectedRevision expected, IReadOnlyList<NewEvent> events, CancellationToken ct = default)
    {
        StoredNames.Check(stream);
        if (events.Count == 0) throw new ArgumentException("An append needs at least one event.", nameof(events));
        using var span = StoreTraces.Append(stream, events.Count);
        try
        {
            return await _appender.AppendAsync(stream, expected, events, ct);
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

    public IAsyncEnumerable<SubscriptionMessage> SubscribeAsync(StorePosition? after = null, EventFilter? filter = null, CancellationToken ct = default)
    {
        _listener.Start();
        return _subscription.FollowAsync(after, filter, ct);
    }

    public async ValueTask<StorePosition?> ReadHeadAsync(CancellationToken ct = default)
    {
        await using var connection = await _dataSource.OpenConnectionAsync(ct);
        var head = await StoreHeadRows.ReadAsync(connection, ct);
        return head.Position < 0 ? null : PendingAppend.PositionAt(head.Position);
    }

    public Task<StreamMetadata> ReadMetadataAsync(string stream, CancellationToken ct = default) => _changes.ReadLimitsAsync(stream, ct);

    public Task SetMetadataAsync(string stream, StreamMetadata metadata, CancellationToken ct = default)
    {
        StoredNames.Check(stream);
        return _changes.SetLimitsAsync(stream, metadata, ct);
    }

    public Task DeleteStreamAsync(string stream, ExpectedRevision expected, bool tombstone = false, CancellationToken ct = default)
    {
        StoredNames.Check(stream);
        return _changes.DeleteAsync(stream, expected, tombstone, ct);
    }

    /// <summary>Writes what was taken in, then lets go of its connections.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, true)) return;
        await _appender.DisposeAsync();
        await _listener.DisposeAsync();
        await _trimmer.DisposeAsync();
    }
}
