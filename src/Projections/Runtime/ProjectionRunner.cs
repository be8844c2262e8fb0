using System.Diagnostics;
using EventEngine.Application.EventStore;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace EventEngine.Projections.Runtime;

/// <summary>
/// Runs one projection: takes what waits, applies it, and commits rows and checkpoint together. Trouble with the database is waited out;
/// a fact that can't be applied stops the projection, at the fact, for everybody to see.
/// </summary>
public sealed class ProjectionRunner
{
    private const int LargestBatch = 20_000;
    private static readonly TimeSpan CheckpointEvery = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly IProjection _projection;
    private readonly ProjectionSession _session;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private List<StoredFact> _waiting = [];
    private StorePosition? _scanned;
    private int _limit = LargestBatch;
    private Task<bool>? _more;
    private long _committedAt;

    internal ProjectionRunner(IProjection projection, ProjectionSession session, Checkpoint checkpoint, TimeProvider time, ILogger log)
    {
        (_projection, _session, _time, _log) = (projection, session, time, log);
        _scanned = checkpoint.Position;
        Queue = new FactQueue(projection.Wanted, checkpoint.Position);
        Status = new ProjectionStatus(projection.Name) { Position = checkpoint.Position };
    }

    public FactQueue Queue { get; }

    public ProjectionStatus Status { get; }

    /// <summary>Returns when cancelled, after the batch at hand; or when the projection has stopped.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        try
        {
            while (!ct.IsCancellationRequested && Status.State != ProjectionState.Stopped) await TakeAndApplyAsync(ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            _log.LogDebug("The projection {Projection} ends at {Position}", _projection.Name, Status.Position);
        }
        catch (SupersededException e)
        {
            Status.State = ProjectionState.Superseded;
            _log.LogWarning("{Reason}", e.Message);
        }
        finally
        {
            Queue.Close();
            await _session.DisposeAsync();
        }
    }

    private async Task TakeAndApplyAsync(CancellationToken ct)
    {
        if (_waiting.Count == 0)
        {
            var came = await MoreComesAsync(ct);
            _waiting = Queue.Take(LargestBatch, ref _scanned);
            if (_waiting.Count == 0)
            {
                if (!came || _time.GetElapsedTime(_committedAt) >= CheckpointEvery) await ApplyAsync([], ct);
                return;
            }
        }

        var batch = _waiting.Count <= _limit ? _waiting : _waiting.GetRange(0, _limit);
        var broken = batch.FindIndex(fact => fact.Unreadable is not null);
        if (broken == 0) await StopAtAsync(batch[0], batch[0].Unreadable!, ct);
        else await ApplyAsync(broken < 0 ? batch : batch.GetRange(0, broken), ct);
    }

    /// <returns>False when nothing came for a while, and there is a stretch without wanted facts to be remembered.</returns>
    private async Task<bool> MoreComesAsync(CancellationToken ct)
    {
        _more ??= Queue.WaitAsync(ct).AsTask();
        if (_scanned != Status.Position && !_more.IsCompleted)
        {
            using var enough = CancellationTokenSource.CreateLinkedTokenSource(ct);
            await Task.WhenAny(_more, Task.Delay(CheckpointEvery, _time, enough.Token));
            await enough.CancelAsync();
            if (!_more.IsCompleted) return false;
        }

        await _more;
        _more = null;
        return true;
    }

    private async Task ApplyAsync(List<StoredFact> batch, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await CommitAsync(batch);
                return;
            }
            catch (SupersededException)
            {
                throw;
            }
            catch (Exception e) when (ct.IsCancellationRequested)
            {
                throw new OperationCanceledException(e.Message, e, ct);
            }
            catch (Exception e) when (Transient.Is(e))
            {
                await PauseAsync(e, attempt, ct);
                batch = await WithoutCommittedAsync(batch, ct);
            }
            catch (Exception e) when (batch.Count > 0)
            {
                await _session.AbandonAsync();
                _projection.Forget();
                if (batch.Count <= 1) await StopAtAsync(batch[0], e, ct);
                else _limit = Math.Max(1, batch.Count / 2); // halve until the culprit stands alone
                return;
            }
        }
    }

    // Not cancelled: what was begun is finished before the worker ends.
    private async Task CommitAsync(List<StoredFact> batch)
    {
        if (batch.Count == 0 && _scanned == Status.Position) return;
        var began = Stopwatch.GetTimestamp();
        var all = batch.Count == _waiting.Count;
        var to = all ? _scanned!.Value : batch[^1].Position;
        await _session.CommitAsync(_projection, batch, to, CancellationToken.None);
        Status.Applied(to, batch.Count, Stopwatch.GetElapsedTime(began));
        _committedAt = _time.GetTimestamp();
        _waiting = all ? [] : _waiting.GetRange(batch.Count, _waiting.Count - batch.Count);
        if (_waiting.Count == 0) _limit = LargestBatch;
    }

    private async Task PauseAsync(Exception e, int attempt, CancellationToken ct)
    {
        _log.LogWarning(e, "The projection {Projection} can't write now; attempt {Attempt} follows", _projection.Name, attempt + 1);
        Status.State = ProjectionState.Waiting;
        await _session.AbandonAsync();
        _projection.Forget();
        var pause = TimeSpan.FromMilliseconds(50 * Math.Pow(2, Math.Min(attempt, 10)));
        await Task.Delay(pause < LongestPause ? pause : LongestPause, _time, ct);
    }

    // The connection may have broken after the commit.
    private async Task<List<StoredFact>> WithoutCommittedAsync(List<StoredFact> batch, CancellationToken ct)
    {
        try
        {
            var committed = (await _session.LoadAsync(ct)).Position;
            if (committed is null || committed == Status.Position) return batch;
            _waiting.RemoveAll(fact => fact.Position <= committed);
            Status.Position = committed;
            return [.. batch.Where(fact => fact.Position > committed)];
        }
        catch (Exception e) when (Transient.Is(e))
        {
            return batch;
        }
    }

    private async Task StopAtAsync(StoredFact fact, Exception reason, CancellationToken ct)
    {
        _log.LogError(reason, "The projection {Projection} stops at {Position}: {Type} can't be applied", _projection.Name, fact.Position, fact.Type);
        Status.Error = $"{fact.Type}: {reason.Message}";
        Status.ErrorPosition = fact.Position;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await _session.StopAsync(Status.Error, fact.Position, ct);
                Status.State = ProjectionState.Stopped;
                return;
            }
            catch (Exception e) when (Transient.Is(e))
            {
                await PauseAsync(e, attempt, ct);
            }
        }
    }
}
