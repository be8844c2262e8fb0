using System.Runtime.CompilerServices;
using EventEngine.Application.EventStore;
using EventEngine.Infrastructure.EventStore.EventStoreDb.Client;
using EventEngine.Infrastructure.EventStore.EventStoreDb.Client.Streams;

namespace EventEngine.Infrastructure.EventStore.EventStoreDb;

/// <summary>
/// Catches up with a subscription of the server's, whose checkpoints tell how far a filter has looked; then reads what is new each time the
/// head moves. Nothing is sent before the consumer has room for it, and what breaks goes on after the last message.
/// </summary>
internal sealed class Subscription(EventStoreDbClient client, StreamLimits limits, HeadFollower head, HeadSignal signal, ResumingRead resuming)
{
    private const uint CheckpointEvery = 1_000;
    private const string All = "$all";

    public async IAsyncEnumerable<SubscriptionMessage> FollowAsync(
        StorePosition? after, EventFilter? filter, [EnumeratorCancellation] CancellationToken ct)
    {
        var kept = new KeptEvents(filter, limits);
        var edge = after;
        head.Start();
        await foreach (var message in resuming.FromAsync<AllMessage>(All, _ => CatchUp(edge, kept, ct), int.MaxValue, ct))
        {
            if (message is AllMessage.CaughtUp) break;
            if (PlaceOf(message) is not { } place || Places.Position(place) <= edge) continue;
            edge = Places.Position(place);
            yield return message is AllMessage.Event { Recorded: var recorded }
                ? new SubscriptionMessage.Event(Places.Recorded(recorded))
                : new SubscriptionMessage.Checkpoint(edge.Value);
        }

        for (var isLive = false; ; isLive = true)
        {
            // Known before the read begins, so the read sees it.
            var target = signal.Position;
            var told = edge;
            await foreach (var recorded in resuming.FromAsync<EventRecord>(All, _ => Behind(edge, kept, ct), int.MaxValue, ct))
            {
                edge = Places.Position(recorded.Place);
                if (!kept.Wants(recorded)) continue;
                told = edge;
                yield return new SubscriptionMessage.Event(Places.Recorded(recorded));
            }

            if (target > (edge?.Commit ?? -1)) edge = new StorePosition(target, target);
            if (edge is { } reached && reached != told) yield return new SubscriptionMessage.Checkpoint(reached);
            if (!isLive) yield return new SubscriptionMessage.CaughtUp();
            await signal.WaitBeyondAsync(edge?.Commit ?? -1, ct);
        }
    }

    private static LogPlace? PlaceOf(AllMessage message) => message switch
    {
        AllMessage.Event { Recorded.Place: var place } => place,
        AllMessage.Checkpoint { Place: var place } => place,
        _ => null,
    };

    // Whether an event is shown asks the server, too, and so is part of what goes on when it comes back.
    private async IAsyncEnumerable<AllMessage> CatchUp(StorePosition? edge, KeptEvents kept, [EnumeratorCancellation] CancellationToken ct)
    {
        var from = edge is { } position ? Places.Place(position) : (LogPlace?)null;
        await foreach (var message in client.SubscribeToAllAsync(from, fromEnd: false, kept.AtServer, CheckpointEvery, ct))
        {
            var isHidden = message is AllMessage.Event { Recorded: var recorded } && !await kept.ShowsAsync(recorded, ct);
            yield return isHidden ? new AllMessage.Checkpoint(PlaceOf(message)!.Value) : message;
        }
    }

    private async IAsyncEnumerable<EventRecord> Behind(StorePosition? edge, KeptEvents kept, [EnumeratorCancellation] CancellationToken ct)
    {
        var from = edge is { } position ? Places.Place(position) : (LogPlace?)null;
        await foreach (var recorded in client.ReadAllAsync(backwards: false, from, long.MaxValue, kept.AtServer, ct))
        {
            if (recorded.Place != from) yield return recorded;
        }
    }
}
