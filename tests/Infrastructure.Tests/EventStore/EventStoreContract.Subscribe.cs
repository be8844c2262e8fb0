using EventEngine.Application.EventStore;

namespace EventEngine.Infrastructure.Tests.EventStore;

public abstract partial class EventStoreContract
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_subscription_catches_up_and_then_hears_what_follows()
    {
        var before = Events(3);
        await Store.AppendAsync(Stream(), ExpectedRevision.Any, before);
        await using var heard = new SubscriptionListener(Store.SubscribeAsync(filter: OwnStreams()));
        await heard.UntilAsync(h => h.CaughtUp == 1);
        heard.Events.Select(e => e.Id).ShouldBe(Ids(before));

        var after = Events(2);
        await Store.AppendAsync(Stream(), ExpectedRevision.Any, after);
        await heard.UntilAsync(h => h.Events.Count == 5);

        var elsewhere = Events(2);
        await Engine(1).AppendAsync(Stream("other"), ExpectedRevision.Any, elsewhere);
        await heard.UntilAsync(h => h.Events.Count == 7);
        heard.Events.Select(e => e.Id).ShouldBe(Ids([.. before, .. after, .. elsewhere]));
        heard.CaughtUp.ShouldBe(1);
    }

    [Fact]
    public async Task A_subscription_starts_strictly_after_its_position()
    {
        await Store.AppendAsync(Stream(), ExpectedRevision.Any, Events(5));
        var all = await ReadAllAsync();

        await using var heard = new SubscriptionListener(Store.SubscribeAsync(all[2].Position, OwnStreams()));
        await heard.UntilAsync(h => h.CaughtUp == 1);

        heard.Events.Select(e => e.Id).ShouldBe(Ids(all[3..]));
    }

    [Fact]
    public async Task Checkpoints_tell_how_far_a_filter_has_looked()
    {
        await using var heard = new SubscriptionListener(Store.SubscribeAsync(filter: new EventFilter([Stream("wanted")])));
        await heard.UntilAsync(h => h.CaughtUp == 1);

        var passed = await Store.AppendAsync(Stream("unwanted"), ExpectedRevision.Any, Events(3));

        await heard.UntilAsync(h => h.Checkpoint >= passed.Position);
        heard.Events.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_subscription_ends_when_it_is_cancelled()
    {
        using var stop = new CancellationTokenSource();
        var subscription = Store.SubscribeAsync(filter: OwnStreams(), ct: stop.Token).GetAsyncEnumerator();
        while (await subscription.MoveNextAsync() && subscription.Current is not SubscriptionMessage.CaughtUp)
        {
        }

        var waiting = subscription.MoveNextAsync().AsTask();
        await stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(async () =>
        {
            while (await waiting.WaitAsync(Patience)) waiting = subscription.MoveNextAsync().AsTask();
        });
    }

    [Fact]
    public async Task Across_the_seam_from_catching_up_to_live_nothing_is_lost_or_repeated_while_others_write()
    {
        const int writers = 6, appends = 60;
        var listeners = new List<SubscriptionListener>();
        var writing = Enumerable.Range(0, writers).Select(async writer =>
        {
            for (var i = 0; i < appends; i++)
            {
                await Engine(writer % 2).AppendAsync(Stream($"{writer}"), ExpectedRevision.Any, Events((i % 3) + 1));
                if (i % 20 == 10)
                {
                    lock (listeners) listeners.Add(new SubscriptionListener(Engine((writer + 1) % 2).SubscribeAsync(filter: OwnStreams())));
                }
            }
        });
        await Task.WhenAll(writing);
        var all = Ids(await ReadAllAsync()).ToList();
        all.Count.ShouldBe(writers * appends * 2);

        foreach (var heard in listeners)
        {
            await heard.UntilAsync(h => h.Events.Count >= all.Count);
            heard.Events.Select(e => e.Id).ShouldBe(all);
            await heard.DisposeAsync();
        }
    }
}
