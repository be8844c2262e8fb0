using EventEngine.Application.EventStore;
using EventEngine.Infrastructure.EventStore.EventStoreDb.Client;
using EventEngine.Infrastructure.EventStore.EventStoreDb.Client.Streams;
using Microsoft.Extensions.Logging;

namespace EventEngine.Infrastructure.EventStore.EventStoreDb;

/// <summary>
/// Hears of every event that the server commits, but not the event: a subscription whose filter lets nothing through, with a checkpoint for
/// each. All subscriptions of this process wake by it, and read what they want themselves.
/// </summary>
internal sealed class HeadFollower(EventStoreDbClient client, HeadSignal signal, TimeProvider time, ILogger logger) : IAsyncDisposable
{
    private static readonly AllFilter Nothing = AllFilter.EventTypes("$nothing-has-this-type");
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private Task? _loop;

    public void Start()
    {
        lock (_lock) _loop ??= Task.Run(RunAsync);
    }

    /// <summary>The last event that is not the server's own.</summary>
    public async Task<StorePosition?> ReadAsync(CancellationToken ct)
    {
        await foreach (var last in client.ReadAllAsync(backwards: true, null, 1, AllFilter.NoSystemStreams, ct)) return Places.Position(last.Place);
        return null;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        if (_loop is not null) await _loop;
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        for (var failures = 0; !_stop.IsCancellationRequested;)
        {
            try
            {
                await foreach (var message in client.SubscribeToAllAsync(null, fromEnd: true, Nothing, checkpointEvery: 1, _stop.Token))
                {
                    failures = 0;
                    if (message is AllMessage.Checkpoint { Place: var place }) signal.Advance((long)place.Commit);
                    else if (await ReadAsync(_stop.Token) is { } head) signal.Advance(head.Commit);
                }
            }
            catch (Exception e) when (!_stop.IsCancellationRequested)
            {
                if (failures == 0) logger.LogWarning(e, "The head of EventStoreDB can't be followed; trying again until it can");
            }
            catch (OperationCanceledException)
            {
                return;
            }

            await Task.Delay(Backoff.After(++failures), time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
