using EventEngine.Application.Bootstrap;
using EventEngine.Application.EventStore;
using EventEngine.Application.Shared;
using EventEngine.Infrastructure.Postgres;
using MediatR;
using Microsoft.Extensions.Options;

namespace EventEngine.Web.Bootstrap;

/// <summary>Provisions what the settings name before the host takes requests; waits out a database or a store that is away for a moment.</summary>
public sealed class BootstrapService(IServiceScopeFactory scopes, IOptions<EventEngineOptions> options, TimeProvider time, ILogger<BootstrapService> log) : IHostedService
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60), Pause = TimeSpan.FromMilliseconds(500);

    /// <exception cref="DatabaseUnavailableException">It stays away.</exception>
    /// <exception cref="StoreUnavailableException">It stays away.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        for (var began = time.GetTimestamp(); ;)
        {
            try
            {
                await ProvisionAsync(cancellationToken);
                return;
            }
            catch (Exception e) when ((Transient.Is(e) || e is StoreUnavailableException) && time.GetElapsedTime(began) < Patience)
            {
                log.LogWarning("Nothing can be provisioned now, trying again: {Reason}", e.Message);
                await Task.Delay(Pause, time, cancellationToken);
            }
            catch (Exception e) when (Transient.Is(e))
            {
                throw new DatabaseUnavailableException(e);
            }
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task ProvisionAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var provisioned = await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new Provision(options.Value.Bootstrap), ct);
        if (provisioned is not null) log.LogInformation("Provisioned organization {Organization}, app {App}", provisioned.Organization, provisioned.App);
    }
}
