using EventEngine.Application.EventStore;

namespace EventEngine.Infrastructure.Tests.EventStore;

/// <summary>Collects what a subscription says.</summary>
internal sealed class SubscriptionListener : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _following;
    private readonly List<RecordedEvent> _events = [];
    private TaskCompletionSource _heard = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public SubscriptionListener(IAsyncEnumerable<SubscriptionMessage> messages) => _following = Task.Run(() => FollowAsync(messages));

    public IReadOnlyList<RecordedEvent> Events
    {
        get
        {
            lock (_events) return [.. _events];
        }
    }

    public StorePosition? Checkpoint { get; private set; }

    public int CaughtUp { get; private set; }

    public async Task UntilAsync(Func<SubscriptionListener, bool> condition)
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
