using EventEngine.Application.EventStore;
using EventEngine.Projections.Runtime.Leading;

namespace EventEngine.Projections.Runtime.Rebuilding;

/// <summary>A build and the live side at the same position: the live side is held for a moment, and the build goes exactly as far.</summary>
internal sealed class Meeting(ProjectionPost post, Build build, RebuildTools tools)
{
    /// <summary>A stretch that took no longer: the build is close enough to meet the live side, which waits for so long.</summary>
    private static readonly TimeSpan Close = TimeSpan.FromMilliseconds(500);

    /// <summary>So far that little is left for a meeting.</summary>
    public async Task ApproachAsync(CancellationToken ct)
    {
        long began;
        do
        {
            began = tools.Time.GetTimestamp();
            await build.RunToAsync(await TargetAsync(ct), ct);
        }
        while (tools.Time.GetElapsedTime(began) > Close);
    }

    /// <summary>It lasts until the hold is disposed.</summary>
    public async Task<IDisposable> MeetAsync(CancellationToken ct)
    {
        var hold = await post.HoldAsync(ct);
        try
        {
            await build.RunToAsync(await TargetAsync(ct), ct);
            return hold;
        }
        catch
        {
            hold.Dispose();
            throw;
        }
    }

    // Where the live tables stand still, or are another worker's, the build goes by the store.
    private async Task<StorePosition?> TargetAsync(CancellationToken ct) =>
        post.IsFollowing ? post.Status.Position : await tools.Store.ReadHeadAsync(ct);
}
