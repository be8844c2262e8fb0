using System.Diagnostics;
using EventEngine.Application.EventStore;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace EventEngine.Infrastructure.EventStore.Embedded;

/// <summary>
/// Group commit: one loop takes whatever appends wait, writes them in one transaction, then tells their callers. A lone append waits for
/// nothing but its own commit.
/// </summary>
internal sealed class Appender : IAsyncDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20), LongestPause = TimeSpan.FromSeconds(2);
    private readonly AppendQueue _queue = new();
    private readonly GroupTransaction _transaction;
    private readonly HeadSignal _signal;
    private readonly StreamTrimmer _trimmer;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;

    public Appender(NpgsqlDataSource dataSource, HeadSignal signal, StreamTrimmer trimmer, TimeProvider time, ILogger logger)
    {
        _transaction = new GroupTransaction(dataSource, time);
        (_signal, _trimmer, _time, _logger) = (signal, trimmer, time, logger);
        _loop = Task.Run(RunAsync);
    }

    /// <exception cref="StoreUnavailableException">The queue is full, or the group could not be written.</exception>
    public Task<AppendResult> AppendAsync(string stream, ExpectedRevision expected, IReadOnlyList<NewEvent> events, CancellationToken ct)
    {
        var append = new PendingAppend(stream, expected, EncodedAppend.Of(events));
        _queue.Enter(append);
        return append.OutcomeAsync(ct);
    }

    /// <summary>What was taken in is still written.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Close();
        await _stop.CancelAsync();
        await _loop;
        await _transaction.DisposeAsync();
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        var group = new List<PendingAppend>();
        var pause = TimeSpan.Zero;
        while (await _queue.WaitAsync())
        {
            _queue.TakeGroup(group);
            pause = group.Count == 0 || await TryWriteAsync(group) ? TimeSpan.Zero : Longer(pause);
            foreach (var append in group)
            {
                append.Tell();
                _queue.Leave(append);
            }

            group.Clear();
            if (pause > TimeSpan.Zero) await Task.Delay(pause, _time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static TimeSpan Longer(TimeSpan pause) =>
        pause == TimeSpan.Zero ? FirstPause : TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, LongestPause.Ticks));

    // Whatever goes wrong, the callers must hear of it and the loop must go on.
    private async Task<bool> TryWriteAsync(List<PendingAppend> group)
    {
        var began = Stopwatch.GetTimestamp();
        using var span = StoreTraces.Commit(group.Select(append => append.Sender));
        try
        {
            _signal.Advance(await _transaction.WriteAsync(group));
            Measure(group, Stopwatch.GetElapsedTime(began));
            foreach (var append in group)
            {
                if (append.Head.IsDueForTrim()) _trimmer.TrimSoon(append.Head.StreamId);
            }

            return true;
        }
        catch (Exception e)
        {
            span.Failed(e);
            StoreMetrics.Failures.Add(1);
            _logger.LogError(e, "A group of {Appends} appends could not be written", group.Count);
            foreach (var append in group) append.Refuse(new StoreUnavailableException("The event store could not write; try again.", e));
            return false;
        }
    }

    private static void Measure(List<PendingAppend> group, TimeSpan duration)
    {
        var events = 0;
        foreach (var append in group) events += append.IsRefused ? 0 : append.Events;
        StoreMetrics.Appends.Add(group.Count);
        StoreMetrics.Events.Add(events);
        StoreMetrics.GroupSize.Record(events);
        StoreMetrics.CommitDuration.Record(duration.TotalSeconds);
    }
}
