using EventEngine.Infrastructure.Postgres;
using System.Collections.Concurrent;
using EventEngine.Projections.Runtime.Leading;
using Microsoft.Extensions.Logging;

namespace EventEngine.Projections.Runtime.Rebuilding;

/// <summary>Carries out what is asked of the projections that this worker leads, and builds those of which it is a newer version. What is asked together is built together, from one reading of the store.</summary>
internal sealed class Rebuilder(IReadOnlyList<ProjectionPost> posts, RebuildTools tools, ILoggerFactory logs)
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(500);

    private readonly Dictionary<string, ProjectionPost> _posts = posts.ToDictionary(post => post.Projection.Name, StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Guid, bool> _taken = [];
    private readonly List<Task> _groups = [];

    public async Task RunAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await LookAsync(ct);
            }
            catch (Exception e) when (ct.IsCancellationRequested)
            {
                tools.Log.LogDebug(e, "Nothing more is built");
            }
            catch (Exception e)
            {
                tools.Log.LogWarning(e, "What is to be rebuilt can't be looked up now; trying again");
            }

            await Task.Delay(Glance, tools.Time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await Task.WhenAll(_groups);
    }

    private async Task LookAsync(CancellationToken ct)
    {
        var open = await tools.Rows.OpenAsync(_posts.Keys, ct);
        var group = new List<Rebuild>();
        foreach (var request in open)
        {
            if (await TryTakeAsync(request, _posts[request.Projection], ct) is { } rebuild) group.Add(rebuild);
        }

        _groups.RemoveAll(task => task.IsCompleted);
        if (group.Count > 0) _groups.Add(tools.Scheduler.RunAsync(() => RunAsync(group, ct)));
    }

    /// <returns>Null: it is not for this worker, or another has it.</returns>
    private async Task<Rebuild?> TryTakeAsync(OpenRebuild request, ProjectionPost post, CancellationToken ct)
    {
        if (!(request.IsFor(post) || request.MayBeEndedBy(post)) || !_taken.TryAdd(request.Id, true)) return null;
        Lease? lease = null;
        Rebuild? rebuild = null;
        try
        {
            lease = await tools.Leases.TryTakeAsync(LeaseRows.OfBuilds, request.Projection, over: false, ct);
            return rebuild = lease is null ? null : new Rebuild(request, post, lease, tools);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            tools.Log.LogWarning(e, "The build of {Projection} can't begin now; trying again", request.Projection);
            return null;
        }
        finally
        {
            if (rebuild is null) await LetGoAsync(request.Id, lease);
        }
    }

    private async Task RunAsync(List<Rebuild> group, CancellationToken ct)
    {
        using var distribution = new FactDistribution(tools.Source, tools.Time, logs.CreateLogger<FactDistribution>());
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var begun = new List<Rebuild>();
        foreach (var rebuild in group)
        {
            if (await TryBeginAsync(rebuild, ct) is not { } queue) continue;
            distribution.Join(queue);
            begun.Add(rebuild);
        }

        var reading = distribution.RunAsync(ended.Token);
        await Task.WhenAll(begun.Select(rebuild => RunAsync(rebuild, ct)));
        await ended.CancelAsync();
        await reading;
    }

    private async Task<FactQueue?> TryBeginAsync(Rebuild rebuild, CancellationToken ct)
    {
        FactQueue? queue = null;
        try
        {
            return queue = await rebuild.TryPrepareAsync(ct);
        }
        catch (Exception e)
        {
            tools.Log.LogError(e, "A build can't begin; trying again");
            return null;
        }
        finally
        {
            if (queue is null) await LetGoAsync(rebuild.Id, rebuild.Lease);
        }
    }

    private async Task RunAsync(Rebuild rebuild, CancellationToken ct)
    {
        try
        {
            await rebuild.RunAsync(ct);
        }
        catch (Exception e)
        {
            tools.Log.LogError(e, "A build ended unexpectedly; trying again");
        }
        finally
        {
            await LetGoAsync(rebuild.Id, rebuild.Lease);
        }
    }

    /// <summary>One that rests is taken up again, by this worker or another.</summary>
    private async Task LetGoAsync(Guid id, Lease? lease)
    {
        if (lease is not null) await tools.Leases.ReleaseAsync(lease);
        _taken.TryRemove(id, out _);
    }
}
