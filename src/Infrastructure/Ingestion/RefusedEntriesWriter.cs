using EventEngine.Application.Ingestion;
using Microsoft.Extensions.Hosting;

namespace EventEngine.Infrastructure.Ingestion;

/// <summary>Tells the store of refused entries when their minute is over, and of all when the process ends: requests have ended by then.</summary>
internal sealed class RefusedEntriesWriter(RefusedEntries refused, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await refused.FlushAsync(before: null, CancellationToken.None);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken)) await refused.FlushAsync(time.GetUtcNow(), CancellationToken.None);
    }
}
