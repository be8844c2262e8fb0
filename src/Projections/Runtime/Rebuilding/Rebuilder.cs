using EventEngine.Projections.Runtime.Leading;
using Microsoft.Extensions.Logging;

namespace EventEngine.Projections.Runtime.Rebuilding;

/// <summary>Carries out what is asked of the projections that this worker leads. What is asked together is built together, from one reading of the store.</summary>
internal sealed class Rebuilder(IReadOnlyList<ProjectionPost> posts, RebuildTools tools, ILoggerFactory logs)
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(500);

    /// <summary>While one build compares, the others of its group wait for it: nobody is in a hurry to read the store twice.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly HashSet<Guid> _taken = [];
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
        var led = posts.Where(post => post.Lease is not null).ToDictionary(post => post.Projection.Name, StringComparer.Ordinal);
        if (led.Count == 0) return;
        var open = await tools.Rows.OpenAsync(led.Keys, ct);
        var group = new List<Rebuild>();
        foreach (var request in open)
        {
            var post = led[request.Projection];
            lock (_taken)
            {
                if (post.Lease is { } lease && _taken.Add(request.Id)) group.Add(new Rebuild(request, post, lease, tools));
            }
        }

        _groups.RemoveAll(task => task.IsCompleted);
        if (group.Count > 0) _groups.Add(Task.Run(() => RunAsync(group, ct), CancellationToken.None));
    }

    private async Task RunAsync(List<Rebuild> group, CancellationToken ct)
    {
        using var distribution = new FactDistribution(tools.Source, tools.Time, logs.CreateLogger<FactDistribution>()) { Patience = Patience };
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(ct);
        try
        {
            var begun = new List<Rebuild>();
            foreach (var rebuild in group)
            {
                if (await rebuild.TryPrepareAsync(ct) is not { } queue) continue;
                distribution.Join(queue);
                begun.Add(rebuild);
            }

            var reading = distribution.RunAsync(ended.Token);
            await Task.WhenAll(begun.Select(rebuild => rebuild.RunAsync(ct)));
            await ended.CancelAsync();
            await reading;
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            tools.Log.LogError(e, "A build ended unexpectedly; trying again");
        }
        finally
        {
            lock (_taken) _taken.ExceptWith(group.Select(rebuild => rebuild.Id)); // one that rests is taken up again, if this worker still leads
        }
    }
}
