using EventEngine.Application.EventStore;
using EventEngine.Application.Shared;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EventEngine.Infrastructure.EventStore;

/// <summary>Looks at the store's head ten times a second and remembers when each was first seen.</summary>
public sealed class StoreHead(IEventStore store, TimeProvider time, ILogger<StoreHead> logger) : BackgroundService, IStoreHead
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);
    private readonly HeadHistory _history = new();

    public StorePosition? Position => _history.Latest;

    public TimeSpan LagBehind(StorePosition? checkpoint) =>
        _history.FirstSeenBeyond(checkpoint) is { } seen ? time.GetElapsedTime(seen) : TimeSpan.Zero;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Glance, time);
        var isFailing = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await store.ReadHeadAsync(stoppingToken) is { } head) _history.Saw(head, time.GetTimestamp());
                isFailing = false;
                await timer.WaitForNextTickAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                if (!isFailing) logger.LogWarning(e, "The head of the event store can't be read; lag is not followed until it can");
                isFailing = true;
                await ((Task)timer.WaitForNextTickAsync(stoppingToken).AsTask()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
