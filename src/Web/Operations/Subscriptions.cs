using EventEngine.Application.EventStore;
using EventEngine.Application.Pipeline;
using EventEngine.Application.Shared;
using EventEngine.Web.Live;

namespace EventEngine.Web.Operations;

/// <summary>What this process follows besides running projections: the store's head, and what the projections commit.</summary>
public sealed class Subscriptions(IEventStore store, IStoreHead head, LiveFeed feed, StallWatch watch)
{
    private (long Heard, long Applied)? _live;

    public async Task LookAsync(IReadOnlyList<ProjectionRow> projections, CancellationToken ct)
    {
        var applied = projections.Sum(projection => projection.Applied);
        if (_live is not { } last || last.Heard != feed.Heard) _live = last = (feed.Heard, applied);
        watch.Look(SubscriptionNames.LiveFeed, $"commit {last.Heard}", applied != last.Applied);
        var actual = await store.ReadHeadAsync(ct);
        watch.Look(SubscriptionNames.Head, head.Position?.ToString(), actual is not null && !(head.Position >= actual));
    }
}
