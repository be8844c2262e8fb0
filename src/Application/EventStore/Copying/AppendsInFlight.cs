namespace EventEngine.Application.EventStore.Copying;

/// <summary>
/// Sends appends without waiting for each, where the store commits them in the order of sending; else one at a time. When one fails, those
/// behind it are withdrawn; what of them was written all the same is found there when the copy is resumed.
/// </summary>
internal sealed class AppendsInFlight(IEventStore target, CancellationToken ct) : IAsyncDisposable
{
    /// <summary>The last events of a target that may lie out of order after a failure are fewer.</summary>
    public const int MostEvents = 20_000;

    private const long MostBytes = 8 << 20;
    private readonly int _mostAppends = target.KeepsOrderOfSending ? 64 : 1;

    private readonly CancellationTokenSource _withdraw = CancellationTokenSource.CreateLinkedTokenSource(ct);
    private readonly Queue<(AppendRun Run, Task<AppendResult> Append)> _sent = new();
    private long _bytes;
    private int _events;
    private StorePosition? _last;

    /// <returns>How many events have arrived meanwhile.</returns>
    public async Task<int> SendAsync(AppendRun run)
    {
        var arrived = 0;
        while (_sent.Count > 0 && (IsFull(run) || _sent.Peek().Append.IsCompleted)) arrived += await ArriveAsync();
        _sent.Enqueue((run, target.AppendAsync(run.Stream.Name, run.Stream.Expected, run.Events, _withdraw.Token)));
        run.Stream.Sent(run.Events.Count);
        (_bytes, _events) = (_bytes + run.Bytes, _events + run.Events.Count);
        return arrived;
    }

    /// <returns>How many events have arrived.</returns>
    public async Task<int> FinishAsync()
    {
        var arrived = 0;
        while (_sent.Count > 0) arrived += await ArriveAsync();
        return arrived;
    }

    public async ValueTask DisposeAsync()
    {
        await _withdraw.CancelAsync();
        foreach (var (_, append) in _sent) await ((Task)append).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _withdraw.Dispose();
    }

    private bool IsFull(AppendRun next) =>
        _sent.Count >= _mostAppends || _bytes + next.Bytes > MostBytes || _events + next.Events.Count > MostEvents;

    private async Task<int> ArriveAsync()
    {
        var (run, append) = _sent.Peek();
        var result = await append;
        if (result.Position <= _last) throw new InvalidOperationException($"The target put {run.Stream.Name} at {result.Position}, before what was sent earlier ({_last}).");
        _last = result.Position;
        _sent.Dequeue();
        (_bytes, _events) = (_bytes - run.Bytes, _events - run.Events.Count);
        return run.Events.Count;
    }
}
