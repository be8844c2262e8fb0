using EventEngine.Application.Callbacks;
using EventEngine.Application.EventStore;
using EventEngine.Domain.Apps;
using MediatR;
using Microsoft.Extensions.Logging;

namespace EventEngine.Application.Retries;

/// <summary>What one process does for the retries of one app, as long as it holds the app's lease.</summary>
internal sealed class AppRunner(
    App state, AppId app, IEventStore store, ICallbacks callbacks, IMediator mediator, RetriesOptions options, TimeProvider time, ILogger log, CancellationToken stopping)
    : IAsyncDisposable
{
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(5), ShortestLook = TimeSpan.FromSeconds(1), LongestLook = TimeSpan.FromSeconds(60);

    private readonly CancellationTokenSource _ending = CancellationTokenSource.CreateLinkedTokenSource(stopping);
    private readonly RetryLane _lane = new(options.InFlight);
    private readonly RetryWatch _watch = new(state.Organization!.Value, app, store, mediator, time);
    private readonly Dictionary<Guid, Task> _runs = [];
    private readonly Dictionary<Guid, DateTimeOffset> _nextLooks = [];
    private Task _looking = Task.CompletedTask;
    private volatile bool _isLeaving;

    public bool IsIdle => _looking.IsCompleted && _runs.Values.All(run => run.IsCompleted);

    /// <summary>Begins what is to be done and is not under way.</summary>
    public void Attend(IEnumerable<RetryWork> work)
    {
        if (_isLeaving) return;
        foreach (var ended in _runs.Where(run => run.Value.IsCompleted).Select(run => run.Key).ToList()) _runs.Remove(ended);
        var waiting = new List<RetryWork>();
        foreach (var retry in work)
        {
            if (retry.MaySend && _runs.Count < options.InFlight && !_runs.ContainsKey(retry.Retry)) _runs[retry.Retry] = Task.Run(() => RunAsync(retry.Retry), CancellationToken.None);
            if (retry.Waiting > 0) waiting.Add(retry);
        }

        if (_looking.IsCompleted && waiting.Count > 0) _looking = Task.Run(() => LookAsync(waiting), CancellationToken.None);
    }

    /// <summary>Nothing more is sent; waits for what is under way, and until it is written down.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isLeaving) return;
        _isLeaving = true;
        await _ending.CancelAsync();
        await Task.WhenAll([_looking, .. _runs.Values]);
        _lane.Dispose();
        _ending.Dispose();
    }

    private async Task RunAsync(Guid retry)
    {
        _lane.Enter();
        try
        {
            await new RetryRun(app, retry, store, callbacks, _lane, options, time, log).RunAsync(_ending.Token);
        }
        catch (Exception e) when (_ending.IsCancellationRequested)
        {
            log.LogWarning(e, "Retry {Retry} of app {App} ended with the process; what was under way is unconfirmed", retry, app);
        }
        catch (StreamDeletedException)
        {
            log.LogInformation("Retry {Retry} ends with its app {App}", retry, app);
        }
        catch (Exception e)
        {
            log.LogError(e, "Retry {Retry} of app {App} came to a halt; going on in {Pause}", retry, app, AfterTrouble);
            await Task.Delay(AfterTrouble, time, _ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        finally
        {
            _lane.Leave();
        }
    }

    private async Task LookAsync(List<RetryWork> waiting)
    {
        foreach (var retry in waiting)
        {
            if (_ending.IsCancellationRequested) return;
            if (_nextLooks.TryGetValue(retry.Retry, out var next) && time.GetUtcNow() < next) continue;
            var began = time.GetTimestamp();
            await TryLookAsync(retry.Retry);
            _nextLooks[retry.Retry] = time.GetUtcNow() + PauseAfter(time.GetElapsedTime(began), time.GetUtcNow() - retry.ChangedAt);
        }
    }

    private async Task TryLookAsync(Guid retry)
    {
        try
        {
            await _watch.LookAsync(retry, _ending.Token);
        }
        catch (Exception e)
        {
            log.LogDebug(e, "What was reported of retry {Retry} can't be looked up now", retry);
        }
    }

    /// <summary>The older the last news and the longer the look, the less often.</summary>
    private static TimeSpan PauseAfter(TimeSpan took, TimeSpan age)
    {
        var pause = age / 20 > took * 5 ? age / 20 : took * 5;
        return pause < ShortestLook ? ShortestLook : pause > LongestLook ? LongestLook : pause;
    }
}
