using EventEngine.Application.EventStore;
using Microsoft.Extensions.Logging;

namespace EventEngine.Projections.Runtime.Rebuilding;

/// <summary>Writes down how far a build is, every second, and hears whether it is to be cancelled.</summary>
internal sealed class RebuildProgress(Guid id, Build build, RebuildTools tools)
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    private readonly long _began = tools.Time.GetTimestamp();
    private readonly StorePosition? _from = build.Position;
    private readonly long _applied = build.Applied;

    /// <param name="cancel">Cancelled when somebody asked for it.</param>
    public async Task RunAsync(CancellationTokenSource cancel, CancellationToken ct)
    {
        using var timer = new PeriodicTimer(Every, tools.Time);
        while (!ct.IsCancellationRequested)
        {
            try
            {
                if (await WriteAsync(ct)) await cancel.CancelAsync();
                await timer.WaitForNextTickAsync(ct);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                tools.Log.LogWarning(e, "The progress of a build can't be told now; trying again");
            }
        }
    }

    private async Task<bool> WriteAsync(CancellationToken ct)
    {
        var head = await tools.Store.ReadHeadAsync(ct);
        var seconds = tools.Time.GetElapsedTime(_began).TotalSeconds;
        var rate = seconds > 0 ? Math.Round((build.Applied - _applied) / seconds, 1) : 0;
        return await tools.Rows.ProgressAsync(id, build.Position, head, build.Applied, rate, Left(head, seconds), ct);
    }

    // In any engine positions grow about evenly with the events.
    private double? Left(StorePosition? head, double seconds)
    {
        if (head is not { } last || build.Position is not { } at || at >= last) return head is null ? null : 0;
        var passed = at.Commit - (_from?.Commit ?? 0);
        return passed > 0 ? Math.Round((last.Commit - at.Commit) * seconds / passed, 1) : null;
    }
}
