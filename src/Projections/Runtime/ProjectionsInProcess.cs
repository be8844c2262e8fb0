using EventEngine.Application.Shared;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace EventEngine.Projections.Runtime;

/// <summary>Starts the engine with the host, if this process is to run the projections.</summary>
public sealed class ProjectionsInProcess(ProjectionEngine engine, IOptions<EventEngineOptions> options) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) =>
        options.Value.Projections.InProcess ? engine.StartAsync(cancellationToken) : Task.CompletedTask;

    /// <summary>Waits for the batches at hand.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => engine.StopAsync(cancellationToken);
}
