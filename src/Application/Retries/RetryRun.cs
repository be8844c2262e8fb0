using System.Threading.Channels;
using EventEngine.Application.Callbacks;
using EventEngine.Application.EventStore;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Retries;
using Microsoft.Extensions.Logging;

namespace EventEngine.Application.Retries;

/// <summary>
/// Sends the items of one retry, until each has its answer, a person must decide, or it is told to end. An item is written down as sending
/// before its request goes out, and is never sent again once it was: at the worst nobody knows whether it arrived.
/// </summary>
internal sealed class RetryRun(
    AppId app, Guid retry, IEventStore store, ICallbacks callbacks, RetryLane lane, RetriesOptions options, TimeProvider time, ILogger log)
{
    // A rival may take over four seconds after the last renewal, which may be a second old: what was held up so long is not sent any more.
    private static readonly TimeSpan LongestHold = TimeSpan.FromSeconds(2.5), Glance = TimeSpan.FromSeconds(1);

    private readonly Guid _run = Guid.NewGuid();
    private readonly RetryStream _stream = new(store, app, retry);
    private readonly Channel<RetryAnswer> _answers = Channel.CreateUnbounded<RetryAnswer>(new() { SingleReader = true });
    private readonly HashSet<int> _underWay = [];
    private readonly ProbePauses _probes = new(time);

    /// <param name="ending">Nothing more is sent; what is under way is still waited for and written down.</param>
    public async Task RunAsync(CancellationToken ending)
    {
        await _stream.ReadOnAsync(ending);
        await _stream.AppendAsync(state => state.Take(_run, time.GetUtcNow()), CancellationToken.None);
        while (IsMine && !IsIdle(ending))
        {
            await TryStepAsync(ending);
            if (IsMine && !IsIdle(ending)) await WaitAsync(ending);
        }

        await DrainAsync();
        log.LogInformation("Retry {Retry} of app {App}: {State}, {Remaining} not sent", retry, app, Described(ending), _stream.State.Remaining);
    }

    private bool IsMine => _stream.State.Run == _run && !_stream.State.IsFinished;

    private bool IsIdle(CancellationToken ending) =>
        _underWay.Count == 0 && (ending.IsCancellationRequested || _stream.State is { IsPaused: true, Stopped: null });

    private async Task TryStepAsync(CancellationToken ending)
    {
        var answers = TakeAnswers();
        while (true)
        {
            try
            {
                await StepAsync(answers, ending);
                return;
            }
            catch (StoreUnavailableException e) when (!ending.IsCancellationRequested)
            {
                log.LogWarning(e, "The store does not take what became of retry {Retry}; trying again", retry);
                await Task.Delay(Glance, time, ending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                await TryReadOnAsync();
            }
        }
    }

    private async Task StepAsync(IReadOnlyList<RetryAnswer> answers, CancellationToken ending)
    {
        _probes.Note(answers);
        var began = time.GetTimestamp();
        var facts = await _stream.AppendAsync(
            state => state.Step(_run, [.. answers, .. Lost(state)], Room(state, ending), options.Patience, time.GetUtcNow()), CancellationToken.None);
        RetryMetrics.Answered(answers);
        foreach (var item in facts.OfType<RetrySending>().SelectMany(sending => sending.Items))
        {
            _underWay.Add(item);
            _ = SendAsync(item, began);
        }
    }

    // Written down as sending by an append of ours that seemed to fail: surely not sent. What was just answered comes first, and counts.
    private IEnumerable<RetryAnswer> Lost(RetryJob state) =>
        state.Run != _run ? [] : state.Sending.Where(item => !_underWay.Contains(item)).Select(item => new RetryAnswer(item, RetryOutcome.Unsent));

    private int Room(RetryJob state, CancellationToken ending) =>
        ending.IsCancellationRequested || (state.OfflineSince is not null && !_probes.IsDue) ? 0 : lane.Share;

    private async Task SendAsync(int item, long claimedAt)
    {
        RetryAnswer answer;
        try
        {
            answer = await lane.UseAsync(async () => RetryAnswers.Of(
                item, await callbacks.RetryAsync(app, _stream.EventIdOf(item), CancellationToken.None, isTooLate: () => time.GetElapsedTime(claimedAt) > LongestHold)));
        }
        catch (Exception e)
        {
            log.LogError(e, "An item of retry {Retry} could not be sent as it should", retry);
            answer = new RetryAnswer(item, RetryOutcome.Unconfirmed, null, "A fault on our side, after the item was taken.");
        }

        _answers.Writer.TryWrite(answer);
    }

    private List<RetryAnswer> TakeAnswers()
    {
        var answers = new List<RetryAnswer>();
        while (_answers.Reader.TryRead(out var answer))
        {
            answers.Add(answer);
            _underWay.Remove(answer.Item);
        }

        return answers;
    }

    private async Task WaitAsync(CancellationToken ending)
    {
        if (_underWay.Count > 0)
        {
            await _answers.Reader.WaitToReadAsync(CancellationToken.None);
            return;
        }

        // Only an app that is away, or others on the same lane, make us wait without anything under way.
        var pause = _probes.Pause is var due && due < Glance ? due : Glance;
        await Task.Delay(pause, time, ending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await TryReadOnAsync();
    }

    private async Task TryReadOnAsync()
    {
        try
        {
            await _stream.ReadOnAsync(CancellationToken.None);
        }
        catch (StoreUnavailableException e)
        {
            log.LogDebug(e, "The store can't be read now");
        }
    }

    // Superseded: others have said already what became of these.
    private async Task DrainAsync()
    {
        while (_underWay.Count > 0)
        {
            await _answers.Reader.WaitToReadAsync(CancellationToken.None);
            TakeAnswers();
        }
    }

    private string Described(CancellationToken ending) =>
        _stream.State.IsFinished ? "finished" : _stream.State.Run != _run ? "taken over by another process" : ending.IsCancellationRequested ? "handed back" : "paused";
}
