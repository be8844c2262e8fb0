using EventEngine.Application.Pipeline;
using EventEngine.Infrastructure.Postgres;
using EventEngine.Projections.Runtime.Leading;
using Microsoft.Extensions.Logging;

namespace EventEngine.Projections.Runtime.Rebuilding;

/// <summary>
/// One request carried out: build, catch up, index, verify, swap. The two sides are compared and swapped where they meet: the live side is held
/// for a moment, the build goes exactly as far, and then both go on. An upgrade needs no lead until then: the older worker leads meanwhile.
/// </summary>
/// <param name="lease">On the build: exactly one worker builds a projection.</param>
internal sealed class Rebuild(OpenRebuild request, ProjectionPost post, Lease lease, RebuildTools tools)
{
    /// <summary>For how long a build may hold up the others of its group: nobody is in a hurry to read the store twice.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly IProjection _projection = post.Projection.Another();
    private readonly Swap _swap = new(tools.DataSource, tools.Log);
    private readonly Lease? _lead = request.Kind == RebuildKind.Upgrade ? null : post.Lease;
    private readonly bool _isToEnd = request.IsCancelled || (request.Kind == RebuildKind.Upgrade && !request.IsFor(post));
    private Build? _build;
    private Meeting? _meeting;
    private bool _isSwapped;

    public Guid Id => request.Id;

    public Lease Lease => lease;

    private bool NeedsRoom => !_isToEnd && !_isSwapped && request.Kind != RebuildKind.Discard;

    private BuildSchema Schema => field ??= new BuildSchema(tools.DataSource, _projection, request.Kind switch
    {
        RebuildKind.Verify => BuildSchema.ScratchOf(_projection.Name),
        RebuildKind.Rollback => BuildSchema.RollbackOf(_projection.Name),
        _ => BuildSchema.BuildOf(_projection.Name),
    });

    /// <returns>What is to be fed to the build; null: it needs none, or can't be begun.</returns>
    public async Task<FactQueue?> TryPrepareAsync(CancellationToken ct)
    {
        try
        {
            return await PrepareAsync(ct);
        }
        catch (Exception e) when (Transient.IsFullDisk(e) && NeedsRoom && !ct.IsCancellationRequested && !lease.Lost.IsCancellationRequested)
        {
            await GiveUpAsync(new NoRoomException(_projection.Name, e)); // an earlier try may have left much
        }
        catch (Exception e) when (ct.IsCancellationRequested || Transient.Is(e) || e is SupersededException)
        {
            tools.Log.LogWarning(e, "The build of {Projection} can't begin now; trying again", _projection.Name);
        }
        catch (Exception e)
        {
            tools.Log.LogError(e, "The build of {Projection} can't begin", _projection.Name);
            await FinishAsync("failed", e.Message, ct);
        }

        return null;
    }

    public async Task RunAsync(CancellationToken ct)
    {
        using var until = CancellationTokenSource.CreateLinkedTokenSource(ct, lease.Lost, _lead?.Lost ?? ct);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(until.Token);
        using var ended = new CancellationTokenSource();
        var watching = new RebuildProgress(request.Id, _build!, tools).RunAsync(cancel, ended.Token);
        try
        {
            await InsistAsync(cancel.Token);
        }
        catch (Exception e) when (until.IsCancellationRequested || e is SupersededException)
        {
            tools.Log.LogInformation("The build of {Projection} rests at {Position}; whoever may goes on with it", _projection.Name, _build!.Position);
        }
        catch (Exception e)
        {
            await GiveUpAsync(cancel.IsCancellationRequested || e is OperationCanceledException ? null : e);
        }
        finally
        {
            await ended.CancelAsync();
            await watching;
            await _build!.DisposeAsync();
        }
    }

    private async Task<FactQueue?> PrepareAsync(CancellationToken ct)
    {
        await tools.Rows.StartAsync(request.Id, tools.Worker.Name, _projection.Version, ct);
        if (_isToEnd)
        {
            await DropAsync();
            await FinishAsync("cancelled", request.IsCancelled ? null : $"The tables are of version {request.TablesVersion} already.", ct);
            return null;
        }

        if (request.Kind != RebuildKind.Upgrade && _lead is null) throw new SupersededException(_projection.Name);

        if (request.Kind == RebuildKind.Discard)
        {
            await Schema.DropAsync(ct);
            await FinishAsync("discarded", null, ct);
            return null;
        }

        if (await ObstacleAsync(ct) is { } obstacle)
        {
            await FinishAsync("failed", obstacle, ct);
            return null;
        }

        var resume = request.HasStarted || request.AcceptDifferences || request.Kind == RebuildKind.Rollback
            || await tools.Rows.WasLeftVerifiedAsync(_projection.Name, ct);
        var checkpoint = await Schema.PrepareAsync(lease, resume, request.Unparks, ct);
        _build = await tools.BuildAsync(_projection, Schema.Name, lease, checkpoint, request.Unparks, ct);
        _meeting = new Meeting(post, _build, tools);
        _build.Queue.Patience = Patience;
        return _build.Queue;
    }

    private async Task<string?> ObstacleAsync(CancellationToken ct)
    {
        if (request.Kind == RebuildKind.Verify && post.IsOutdated) return "The tables are of another version than this program: there is nothing to compare with.";
        if (request.Kind != RebuildKind.Rollback || await Schema.HasFormAsync(ct)) return null;
        var previous = new BuildSchema(tools.DataSource, _projection, BuildSchema.PreviousOf(_projection.Name));
        if (await previous.HasFormAsync(ct))
        {
            await previous.RenameAsync(Schema.Name, ct);
            return null;
        }

        return $"There are no previous tables of {_projection.Name} that this program's version {_projection.Version} could go on with.";
    }

    private Task FinishAsync(string state, string? error, CancellationToken ct) => tools.Rows.FinishAsync(request.Id, state, error, _build?.Applied, ct);

    // Each step can be taken again: the build goes on from its checkpoint.
    private async Task InsistAsync(CancellationToken ct)
    {
        while (true)
        {
            try
            {
                await CarryOutAsync(ct);
                return;
            }
            catch (Exception e) when (Transient.IsFullDisk(e) && NeedsRoom)
            {
                throw new NoRoomException(_projection.Name, e);
            }
            catch (Exception e) when (Transient.Is(e) && !ct.IsCancellationRequested)
            {
                tools.Log.LogWarning(e, "The build of {Projection} can't go on now; trying again", _projection.Name);
                await Task.Delay(Pause, tools.Time, ct);
            }
        }
    }

    private async Task CarryOutAsync(CancellationToken ct)
    {
        if (!_isSwapped && await IsLeftAsync(ct)) return;
        await FinishAsync("swapped", null, CancellationToken.None);
        await _swap.CleanUpAsync(_projection, CancellationToken.None);
    }

    /// <returns>True: verified, or unlike the live tables, and not swapped in.</returns>
    private async Task<bool> IsLeftAsync(CancellationToken ct)
    {
        await _meeting!.ApproachAsync(ct);
        await IndexAsync(ct);
        if (request.Kind is RebuildKind.Rebuild or RebuildKind.Verify && !post.IsOutdated)
        {
            var differs = await VerifyAsync(ct);
            if (request.Kind == RebuildKind.Verify || request.Keep || (differs && !request.AcceptDifferences))
            {
                if (request.Kind == RebuildKind.Verify) await DropAsync();
                await FinishAsync(differs ? "differs" : "verified", null, ct);
                return true;
            }
        }

        await tools.Rows.StateAsync(request.Id, "swapping", ct);
        await Task.Run(() => SwapAsync(ct), ct); // not in the background: queries wait for it, and the live side goes on from it
        return false;
    }

    /// <summary>Loading first and indexing after is what makes a build fast; then it has to catch up with what came meanwhile.</summary>
    private async Task IndexAsync(CancellationToken ct)
    {
        _build!.Queue.Patience = FactQueue.Brief; // from here on it may stand still for long, and the others of its group go on
        if (request.Kind == RebuildKind.Verify || _projection.Tables.Indexes.Count == 0) return;
        await tools.Rows.StateAsync(request.Id, "indexing", ct);
        await _build.IndexAsync(ct);
        await _meeting!.ApproachAsync(ct);
    }

    private async Task<bool> VerifyAsync(CancellationToken ct)
    {
        await tools.Rows.StateAsync(request.Id, "verifying", ct);
        var reports = await new Verification(_projection, Schema, _meeting!, tools).RunAsync(ct);
        await tools.Rows.ReportAsync(request.Id, Reports.ToJson(reports), ct);
        return reports.Exists(report => report.Differs);
    }

    private async Task SwapAsync(CancellationToken ct)
    {
        while (true)
        {
            await _meeting!.ApproachAsync(ct);
            if (post.Lease is null) await post.TakeOverAsync(ct);
            using (await _meeting.MeetAsync(ct))
            {
                if (post.Lease is { } lead && await _swap.TryAsync(_projection, (lead, lease), Schema.Name, request, _build!.Position, ct))
                {
                    _isSwapped = true;
                    post.Restart();
                    return;
                }
            }
        }
    }

    /// <param name="reason">Null: somebody wanted it cancelled.</param>
    private async Task GiveUpAsync(Exception? reason)
    {
        if (reason is not null) tools.Log.LogError(reason, "The build of {Projection} is given up", _projection.Name);
        await DropAsync();
        if (reason is BuildStoppedException stopped) await tools.Rows.StopAsync(request.Id, stopped.At, CancellationToken.None);
        await FinishAsync(reason is null ? "cancelled" : "failed", reason?.Message, CancellationToken.None);
    }

    private async Task DropAsync()
    {
        if (_build is not null) await _build.DisposeAsync();
        if (request.Kind == RebuildKind.Rollback) await Schema.RenameAsync(BuildSchema.PreviousOf(_projection.Name), CancellationToken.None);
        else await Schema.DropAsync(CancellationToken.None);
    }
}
