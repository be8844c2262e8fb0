using System.Diagnostics;
using EventEngine.Application.EventStore;
using EventEngine.Application.Pipeline;
using EventEngine.Infrastructure.Postgres;
using EventEngine.Projections.Runtime.Leading;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace EventEngine.Projections.Runtime;

/// <summary>
/// Runs one projection: takes what waits, applies it, and commits rows and checkpoint together. Trouble with the database is waited out;
/// a fact that can't be applied stops the projection, at the fact, for everybody to see.
/// </summary>
public sealed class ProjectionRunner : IAsyncDisposable
{
    private const int LargestBatch = 20_000;
    private static readonly TimeSpan CheckpointEvery = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100); // somebody waits for the end of this stretch
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly IProjection _projection;
    private readonly ProjectionSession _session;
    private readonly ParkedFacts _parked;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private List<StoredFact> _waiting = [];
    private StorePosition? _scanned;
    private int _limit = LargestBatch;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private Task<bool>? _more;
    private long _committedAt;
    private StorePosition? _until;

    internal ProjectionRunner(IProjection projection, ProjectionSession session, ParkedFacts parked, ProjectionStatus status, TimeProvider time, ILogger log)
    {
        (_projection, _session, _parked, _time, _log) = (projection, session, parked, time, log);
        _scanned = status.Position;
        Queue = new FactQueue(projection.Wanted, status.Position);
        Status = status;
    }

    public FactQueue Queue { get; }

    public ProjectionStatus Status { get; }

    /// <summary>A full disk is not waited out: what is built beside must not keep the room from what arrives.</summary>
    internal bool GivesWay { get; init; }

    /// <summary>How far the store was looked through for it.</summary>
    public StorePosition? Scanned => _scanned;

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
            Status.State = ProjectionState.Standby;
            _log.LogWarning("{Reason}", e.Message);
        }
        finally
        {
            await DisposeAsync();
        }
    }

    /// <summary>Applies one batch that ends at <paramref name="until"/> or before; of several steps none is before the last.</summary>
    /// <returns>False: nothing came for a while.</returns>
    public async Task<bool> StepAsync(StorePosition until, CancellationToken ct)
    {
        _until = until;
        var before = (_scanned, Status.Position, _waiting.Count);
        await TakeAndApplyAsync(ct);
        return before != (_scanned, Status.Position, _waiting.Count);
    }

    /// <summary>The store has nothing for it up to there.</summary>
    public void PassOver(StorePosition until) => _scanned = until;

    /// <summary>Waits for the end of the batch at hand; nothing more is applied until the hold is disposed.</summary>
    public async Task<IDisposable> HoldAsync(CancellationToken ct)
    {
        await _turn.WaitAsync(ct);
        return new Hold(_turn);
    }

    public async ValueTask DisposeAsync()
    {
        Queue.Close();
        await _session.DisposeAsync();
    }

    private async Task TakeAndApplyAsync(CancellationToken ct)
    {
        if (_waiting.Count == 0 && !(_until is { } until && _scanned >= until))
        {
            var came = await MoreComesAsync(ct);
            Take();
            if (_waiting.Count == 0)
            {
                if (!came || _time.GetElapsedTime(_committedAt) >= CheckpointEvery) await ApplyAsync([], ct);
                return;
            }
        }

        var batch = Ready();
        var broken = batch.FindIndex(fact => fact.Unreadable is not null && !_parked.Include(fact));
        if (broken == 0) await StopAtAsync(batch[0], batch[0].Unreadable!, ct);
        else await ApplyAsync(broken < 0 ? batch : batch.GetRange(0, broken), ct);
    }

    // A stretch that was passed over may still be on its way.
    private void Take()
    {
        var scanned = _scanned;
        _waiting = Queue.Take(LargestBatch, ref scanned);
        if (_scanned is null || scanned > _scanned) _scanned = scanned;
    }

    private List<StoredFact> Ready()
    {
        var ready = _until is { } until ? _waiting.FindIndex(fact => fact.Position > until) : -1;
        var count = Math.Min(ready < 0 ? _waiting.Count : ready, _limit);
        return count == _waiting.Count ? _waiting : _waiting.GetRange(0, count);
    }

    /// <summary>How far everything has been applied once the batch is.</summary>
    private StorePosition? PositionAfter(List<StoredFact> batch)
    {
        var next = batch.Count < _waiting.Count ? _waiting[batch.Count].Position : (StorePosition?)null;
        var to = next is null ? _scanned : batch.Count > 0 ? batch[^1].Position : Status.Position;
        return _until is { } until && (to > until || next > until) ? until : to;
    }

    /// <returns>False when nothing came for a while, and there is a stretch without wanted facts to be remembered.</returns>
    private async Task<bool> MoreComesAsync(CancellationToken ct)
    {
        _more ??= Queue.WaitAsync(ct).AsTask();
        if ((_scanned != Status.Position || _until is not null) && !_more.IsCompleted)
        {
            using var enough = CancellationTokenSource.CreateLinkedTokenSource(ct);
            await Task.WhenAny(_more, Task.Delay(_until is null ? CheckpointEvery : Glance, _time, enough.Token));
            await enough.CancelAsync();
            if (!_more.IsCompleted) return false;
        }

        await _more;
        _more = null;
        return true;
    }

    private async Task ApplyAsync(List<StoredFact> batch, CancellationToken ct)
    {
        using var turn = await HoldAsync(ct);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await CommitAsync(batch);
                return;
            }
            catch (Exception e) when (e is SupersededException || (GivesWay && Transient.IsFullDisk(e)))
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
        if (PositionAfter(batch) is not { } to || (batch.Count == 0 && to == Status.Position)) return;
        var began = Stopwatch.GetTimestamp();
        var (applied, skipped) = WithoutParked(batch);
        await _session.CommitAsync(_projection, applied, skipped, Status.Position, to, CancellationToken.None);
        Status.Applied(to, applied.Count, Stopwatch.GetElapsedTime(began));
        _committedAt = _time.GetTimestamp();
        _waiting = batch.Count == _waiting.Count ? [] : _waiting.GetRange(batch.Count, _waiting.Count - batch.Count);
        if (_waiting.Count == 0) _limit = LargestBatch;
    }

    private (List<StoredFact> Applied, Guid[] Skipped) WithoutParked(List<StoredFact> batch)
    {
        if (!batch.Exists(_parked.Include)) return (batch, []);
        return (batch.FindAll(fact => !_parked.Include(fact)), [.. batch.Where(_parked.Include).Select(fact => fact.Id)]);
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

    // The connection may have broken after the commit; or a crash has undone earlier ones, and what they held is at hand no more.
    private async Task<List<StoredFact>> WithoutCommittedAsync(List<StoredFact> batch, CancellationToken ct)
    {
        try
        {
            var committed = (await _session.LoadAsync(ct)).Position;
            if (committed == Status.Position) return batch;
            if (committed is null || committed < Status.Position) throw new SupersededException(_projection.Name);
            _waiting.RemoveAll(fact => fact.Position <= committed);
            Status.Position = committed;
            return [.. batch.Where(fact => fact.Position > committed)];
        }
        catch (Exception e) when (Transient.Is(e))
        {
            return batch;
        }
    }

    // It may have been parked since this was begun: then it is passed over in the next batch.
    private async Task StopAtAsync(StoredFact fact, Exception reason, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await _parked.LoadAsync(ct);
                if (_parked.Include(fact)) return;
                _log.LogError(reason, "The projection {Projection} stops at {Position}: {Type} can't be applied", _projection.Name, fact.Position, fact.Type);
                Status.Error = $"{fact.Type}: {reason.Message}";
                Status.ErrorEvent = new PoisonEvent(fact.Position, fact.Stream, fact.Revision, fact.Type, fact.Id);
                await _session.StopAsync(Status.Error, Status.ErrorEvent, ct);
                Status.State = ProjectionState.Stopped;
                return;
            }
            catch (Exception e) when (Transient.Is(e))
            {
                await PauseAsync(e, attempt, ct);
            }
        }
    }

    private sealed class Hold(SemaphoreSlim turn) : IDisposable
    {
        public void Dispose() => turn.Release();
    }
}
