using System.Runtime.CompilerServices;
using EventEngine.Application.EventStore;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace EventEngine.Infrastructure.EventStore.Embedded;

/// <summary>Catches up page by page, then waits for the head to move. Nothing is fetched before the consumer has taken what was.</summary>
internal sealed class Subscription(AllPages pages, HeadSignal signal, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    public async IAsyncEnumerable<SubscriptionMessage> FollowAsync(
        StorePosition? after, EventFilter? filter, [EnumeratorCancellation] CancellationToken ct)
    {
        var (kept, size) = (new AllFilter(filter), new PageSize(long.MaxValue));
        var edge = after?.Commit ?? -1;
        var isLive = false;
        while (true)
        {
            var page = await FetchAsync(edge + 1, kept, size, ct);
            foreach (var recorded in page.Events) yield return new SubscriptionMessage.Event(recorded);

            var told = page.Events.Count > 0 ? page.Events[^1].Position.Commit : edge;
            edge = page.Edge;
            if (edge > told) yield return new SubscriptionMessage.Checkpoint(PendingAppend.PositionAt(edge));
            if (!page.IsLast) continue;

            if (!isLive) yield return new SubscriptionMessage.CaughtUp();
            isLive = true;
            await signal.WaitBeyondAsync(edge, ct);
        }
    }

    private async Task<AllPage> FetchAsync(long start, AllFilter filter, PageSize size, CancellationToken ct)
    {
        while (true)
        {
            try
            {
                return await pages.ForwardsAsync(start, filter, size, ct);
            }
            catch (NpgsqlException e) when (!ct.IsCancellationRequested)
            {
                logger.LogWarning(e, "A subscription could not read on from position {Position}; trying again", start);
                await Task.Delay(Pause, time, ct);
            }
        }
    }
}
