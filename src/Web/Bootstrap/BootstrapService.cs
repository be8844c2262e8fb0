using EventEngine.Application.Bootstrap;
using EventEngine.Application.Shared;
using MediatR;
using Microsoft.Extensions.Options;

namespace EventEngine.Web.Bootstrap;

/// <summary>Provisions what the settings name before the host takes requests.</summary>
public sealed class BootstrapService(IServiceScopeFactory scopes, IOptions<EventEngineOptions> options, ILogger<BootstrapService> log) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var provisioned = await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new Provision(options.Value.Bootstrap), cancellationToken);
        if (provisioned is not null) log.LogInformation("Provisioned organization {Organization}, app {App}", provisioned.Organization, provisioned.App);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
