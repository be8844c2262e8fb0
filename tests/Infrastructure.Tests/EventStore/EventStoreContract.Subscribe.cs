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
        await using var heard = new Listener(Store.SubscribeAsync(filter: OwnStreams()));
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

        await using var heard = new Listener(Store.SubscribeAsync(all[2].Position, OwnStreams()));
        await heard.UntilAsync(h => h.CaughtUp == 1);

        heard.Events.Select(e => e.Id).ShouldBe(Ids(all[3..]));
    }

    [Fact]
    public async Task Checkpoints_tell_how_far_a_filter_has_looked()
    {
        await using var heard = new Listener(Store.SubscribeAsync(filter: new EventFilter([Stream("wanted")])));
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
        var listeners = new List<Listener>();
        var writing = Enumerable.Range(0, writers).Select(async writer =>
        {
            for (var i = 0; i < appends; i++)
            {
                await Engine(writer % 2).AppendAsync(Stream($"{writer}"), ExpectedRevision.Any, Events((i % 3) + 1));
                if (i % 20 == 10)
                {
                    lock (listeners) listeners.Add(new Listener(Engine((writer + 1) % 2).SubscribeAsync(filter: OwnStreams())));
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

    /// <summary>Collects what a subscription says.</summary>
    protected sealed class Listener : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly Task _following;
        private readonly List<RecordedEvent> _events = [];
        private TaskCompletionSource _heard = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Listener(IAsyncEnumerable<SubscriptionMessage> messages) => _following = Task.Run(() => FollowAsync(messages));

        public IReadOnlyList<RecordedEvent> Events
        {
            get
            {
                lock (_events) return [.. _events];
            }
        }

        public StorePosition? Checkpoint { get; private set; }

        public int CaughtUp { get; private set; }

        public async Task UntilAsync(Func<Listener, bool> condition)
        {
            using var patience = new CancellationTokenSource(Patience);
            while (true)
            {
                Task heard;
                lock (_events) heard = _heard.Task;
                if (condition(this)) return;
                if (_following.IsCompleted) await _following;
                await Task.WhenAny(heard, _following).WaitAsync(patience.Token);
            }
        }

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _following.ShouldThrowOrFinishAsync<OperationCanceledException>();
            _stop.Dispose();
        }

        private async Task FollowAsync(IAsyncEnumerable<SubscriptionMessage> messages)
        {
            await foreach (var message in messages.WithCancellation(_stop.Token))
            {
                lock (_events)
                {
                    if (message is SubscriptionMessage.Event { Recorded: var recorded }) _events.Add(recorded);
                    else if (message is SubscriptionMessage.Checkpoint { Position: var position }) Checkpoint = position;
                    else CaughtUp++;
                    _heard.TrySetResult();
                    _heard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                }
            }
        }
    }
}
