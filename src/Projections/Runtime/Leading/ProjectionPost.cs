using EventEngine.Infrastructure.Postgres;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace EventEngine.Projections.Runtime.Leading;

/// <summary>A projection's place in this worker: stands by while another worker leads, runs it while this one does, and stands by again.</summary>
internal sealed class ProjectionPost(
    IProjection projection, NpgsqlDataSource dataSource, Leases leases, Lead lead, TimeProvider time, ILogger log)
{
    private const string Schema = "views";
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan Brief = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongPause = TimeSpan.FromSeconds(5);

    private volatile Led? _led;
    private volatile bool _takesOver;
    private int _asked;

    public IProjection Projection => projection;

    public ProjectionStatus Status { get; } = new(projection.Name) { State = ProjectionState.Standby };

    /// <summary>Null while another worker leads.</summary>
    public Lease? Lease => _led?.Lease;

    /// <summary>The tables are of another form than this program's: they stand still.</summary>
    public bool IsOutdated => _led is { Runner: null };

    /// <summary>This worker writes the live tables.</summary>
    public bool IsFollowing => _led is { Runner: not null };

    /// <summary>One look whether this worker may lead; never fails.</summary>
    /// <returns>What is to be fed to the runner that begins.</returns>
    public async Task<FactQueue?> TryLeadAsync(CancellationToken ct)
    {
        try
        {
            if (await TryTakeAsync(ct) is { } lease) return await BeginAsync(lease, ct);
        }
        catch (Exception e) when (ct.IsCancellationRequested)
        {
            log.LogDebug(e, "The projection {Projection} was not started any more", projection.Name);
        }
        catch (Exception e) when (Transient.Is(e) || e is SupersededException)
        {
            log.LogWarning(e, "The projection {Projection} can't start now; trying again", projection.Name);
        }
        catch (Exception e)
        {
            log.LogCritical(e, "The projection {Projection} can't start; trying again in {Pause}", projection.Name, LongPause);
            (Status.State, Status.Error) = (ProjectionState.Stopped, e.Message);
            await WaitAsync(LongPause, ct);
        }

        return null;
    }

    /// <summary>Leads whenever it may, until cancelled; then lets go, after the batch at hand.</summary>
    /// <param name="join">Feeds the queue of a runner that begins.</param>
    public async Task RunAsync(Action<FactQueue> join, CancellationToken ct)
    {
        while (true)
        {
            while (_led is { } led)
            {
                if (await RunAsync(led, ct) is { } queue) join(queue);
            }

            if (ct.IsCancellationRequested) return;
            if (await TryLeadAsync(ct) is { } first) join(first);
            else if (_led is null) await WaitAsync(Glance, ct);
        }
    }

    /// <summary>Takes the lead from a worker of an older version, whose tables then stand still: their successors are about to be swapped in.</summary>
    public async Task TakeOverAsync(CancellationToken ct)
    {
        _takesOver = true;
        try
        {
            while (_led is null) await Task.Delay(Brief, time, ct);
        }
        finally
        {
            _takesOver = false;
        }
    }

    /// <summary>The live tables stand still until it is disposed, after the batch at hand.</summary>
    public async Task<IDisposable> HoldAsync(CancellationToken ct) =>
        _led?.Runner is { } runner ? await runner.HoldAsync(ct) : new NothingToHold();

    /// <summary>Other tables have taken the place of the live ones: goes on with those.</summary>
    public void Restart() => _led?.Swap();

    /// <summary>An older program never leads newer tables; a newer one that finds an older one leading has successors built beside it.</summary>
    private async Task<Lease?> TryTakeAsync(CancellationToken ct)
    {
        var version = await lead.VersionAsync(projection, ct);
        if (version > projection.Version) return null;
        if (await leases.TryTakeAsync(LeaseRows.OfLeads, projection.Name, _takesOver && version < projection.Version, ct) is { } lease) return lease;
        if (version > 0 && version < projection.Version && version != _asked && await lead.AskUpgradeAsync(projection, ct)) _asked = version;
        return null;
    }

    private async Task<FactQueue?> BeginAsync(Lease lease, CancellationToken ct)
    {
        try
        {
            _led = await StartAsync(lease, ct);
            return _led.Runner?.Queue;
        }
        catch
        {
            _led = null;
            await leases.ReleaseAsync(lease);
            throw;
        }
    }

    private async Task<Led> StartAsync(Lease lease, CancellationToken ct)
    {
        if (await lead.BeginAsync(projection, lease, Schema, ct) is not var (row, checkpoint))
        {
            Status.State = ProjectionState.Outdated;
            return new Led(lease, null);
        }

        projection.Forget();
        Status.Begin(checkpoint);
        var session = new ProjectionSession(dataSource, lease.Session, projection.Name, row, Schema, time);
        var parked = new ParkedFacts(dataSource, projection.Name, again: []);
        await parked.LoadAsync(ct);
        return new Led(lease, new ProjectionRunner(projection, session, parked, Status, time, log));
    }

    /// <returns>What is to be fed to the runner that follows, on other tables or at a second try; null: this lead is over.</returns>
    private async Task<FactQueue?> RunAsync(Led led, CancellationToken ct)
    {
        using var ending = led;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(ct, led.Lease.Lost);
        using var until = CancellationTokenSource.CreateLinkedTokenSource(over.Token, led.Swapped);
        await RunAsync(led.Runner, until.Token);
        if (Status.State == ProjectionState.Outdated) await WaitAsync(Timeout.InfiniteTimeSpan, until.Token);
        if (Status.State == ProjectionState.Stopped) await StandStillAsync(until.Token);
        var goesOn = led.Swapped.IsCancellationRequested || Status.State == ProjectionState.Stopped;
        if (goesOn && !over.IsCancellationRequested) return await TryBeginAnewAsync(led.Lease, over.Token);
        if (led.Lease.Lost.IsCancellationRequested) Status.State = ProjectionState.Standby;
        await leases.ReleaseAsync(led.Lease);
        _led = null;
        return null;
    }

    // One that ends by a fault of our own must not take the others, or the host, along.
    private async Task RunAsync(ProjectionRunner? runner, CancellationToken ct)
    {
        try
        {
            if (runner is not null) await Task.Run(() => runner.RunAsync(ct), CancellationToken.None);
        }
        catch (Exception e)
        {
            (Status.State, Status.Error) = (ProjectionState.Stopped, e.Message);
            log.LogCritical(e, "The projection {Projection} ended unexpectedly", projection.Name);
        }
    }

    /// <summary>Until an operator lets it try again, or has parked the event: either way the row no longer says that it has stopped.</summary>
    private async Task StandStillAsync(CancellationToken ct)
    {
        var pause = Status.ErrorEvent is null ? LongPause : Glance; // null: it ended by a fault of our own, and that may pass
        do
        {
            await WaitAsync(pause, ct);
        }
        while (!ct.IsCancellationRequested && await IsStoppedAsync(ct));
    }

    private async Task<bool> IsStoppedAsync(CancellationToken ct)
    {
        try
        {
            await using var db = await dataSource.OpenConnectionAsync(ct);
            return await db.AsksAsync("select state = 'stopped' from views.checkpoints where projection = $1", ct, projection.Name);
        }
        catch (Exception e)
        {
            log.Log(ct.IsCancellationRequested ? LogLevel.Debug : LogLevel.Warning, e, "Whether {Projection} may try again is not known now", projection.Name);
            return true;
        }
    }

    private async Task<FactQueue?> TryBeginAnewAsync(Lease lease, CancellationToken ct)
    {
        try
        {
            return await BeginAsync(lease, ct);
        }
        catch (Exception e)
        {
            log.LogWarning(e, "The projection {Projection} can't go on now; trying again", projection.Name);
            return null;
        }
    }

    private async Task WaitAsync(TimeSpan pause, CancellationToken ct) =>
        await Task.Delay(pause, time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private sealed class NothingToHold : IDisposable
    {
        public void Dispose()
        {
        }
    }
}
