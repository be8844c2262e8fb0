using EventEngine.Application.Retention;
using EventEngine.Application.Shared;
using MediatR;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EventEngine.Projections.Retention;

/// <summary>Closes finished days and deletes expired ones, soon after the start and then every hour: what is due once a night is found soon.</summary>
public sealed class RetentionService(IMediator mediator, IOptions<EventEngineOptions> options, TimeProvider time, ILogger<RetentionService> log)
    : BackgroundService
{
    private static readonly TimeSpan First = TimeSpan.FromMinutes(2), Every = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Projections.InProcess) return;
        for (var pause = First; ; pause = Every)
        {
            await Task.Delay(pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stoppingToken.IsCancellationRequested) return;
            await TryRunAsync(stoppingToken);
        }
    }

    private async Task TryRunAsync(CancellationToken ct)
    {
        try
        {
            foreach (var step in await mediator.Send(new PlanRetention(), ct)) await TryTakeAsync(step, ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            log.LogError(e, "What retention has to do could not be told; trying again in an hour");
        }
        catch (OperationCanceledException e)
        {
            log.LogDebug(e, "Retention ends with the process");
        }
    }

    // One app's trouble must not keep the others' days.
    private async Task TryTakeAsync(RetentionStep step, CancellationToken ct)
    {
        try
        {
            var outcome = await mediator.Send(new TakeStep(step), ct);
            if (outcome != DayOutcome.WasDone)
                log.LogInformation("Retention: {Action} {Day} of {Organization}/{App} ({Received} entries): {Outcome}", step.Action, step.Day, step.Slug, step.App, step.Received, outcome);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            log.LogError(e, "Retention could not {Action} {Day} of {Organization}/{App}; trying again in an hour", step.Action, step.Day, step.Slug, step.App);
        }
    }
}
