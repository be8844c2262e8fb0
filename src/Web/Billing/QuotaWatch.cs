using EventEngine.Application.Billing;
using EventEngine.Application.EventStore;
using EventEngine.Application.Shared;
using MediatR;
using Npgsql;

namespace EventEngine.Web.Billing;

/// <summary>Looks for organizations that should be warned of their use. Any number of nodes may: a warning is claimed in the store.</summary>
public sealed class QuotaWatch(IServiceScopeFactory scopes, TimeProvider time, ILogger<QuotaWatch> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken)) await LookAsync(stoppingToken);
    }

    private async Task LookAsync(CancellationToken ct)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var mediator = scope.ServiceProvider.GetRequiredService<IMediator>();
            foreach (var reached in await mediator.Send(new ListQuotasReached(), ct)) await mediator.Send(new WarnOfQuota(reached), ct);
        }
        catch (Exception error) when (error is NpgsqlException or StoreUnavailableException or WrongRevisionException or ReadModelsMissingException)
        {
            log.LogWarning(error, "Quotas could not be looked at; the next look follows");
        }
    }
}
