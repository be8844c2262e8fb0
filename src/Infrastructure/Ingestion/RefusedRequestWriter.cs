using EventEngine.Application.Apps;
using EventEngine.Application.Ingestion;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace EventEngine.Infrastructure.Ingestion;

/// <summary>Tells the waiting pages of requests that were turned away: the first at once, then a few times a second all that came meanwhile.</summary>
internal sealed class RefusedRequestWriter(
    RefusedRequests refused, IKeyTraces traces, RefusedRequestRows rows, TimeProvider time, ILogger<RefusedRequestWriter> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(400);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await refused.WaitAsync(stoppingToken);
            try
            {
                await WriteAsync(stoppingToken);
            }
            catch (Exception error) when (error is NpgsqlException or TimeoutException)
            {
                log.LogWarning(error, "Refused requests could not be written down; they are not shown on the pages of their apps");
            }

            await Task.Delay(Pause, time, stoppingToken);
        }
    }

    private async Task WriteAsync(CancellationToken ct)
    {
        var (refusals, strangers) = refused.Take();
        var traced = strangers.Count == 0 ? [] : await traces.FindAsync([.. strangers.Select(stranger => stranger.Key)], ct);
        await rows.AddAsync(refusals.Concat(traced.Select(trace => Refusal.Of(trace, strangers[trace.Sent]))), ct);
    }
}
