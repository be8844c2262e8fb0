using EventEngine.Application.Ingestion;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EventEngine.Infrastructure.Ingestion;

/// <summary>Keeps what is known of the API keys in use younger than a second.</summary>
internal sealed class ReporterRefresher(Reporters reporters, TimeProvider time, ILogger<ReporterRefresher> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Reporters.RefreshEvery, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await reporters.RefreshAsync(stoppingToken);
            }
            catch (ReportersUnavailableException error)
            {
                log.LogWarning(error, "API keys could not be looked up again; those in use go on for a while");
            }
        }
    }
}
