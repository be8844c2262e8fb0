using EventEngine.Application.Retries;
using EventEngine.Application.Shared;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace EventEngine.Infrastructure.Retries;

/// <summary>
/// Runs retries where the projections run: in the web host, or in workers. SIGTERM sends nothing more at once, however long others take to
/// stop, and waits for the answers to what was sent.
/// </summary>
public sealed class RetryService(RetryRunner runner, IHostApplicationLifetime life, IOptions<EventEngineOptions> options) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        options.Value.Projections.InProcess ? runner.RunAsync(life.ApplicationStopping) : Task.CompletedTask;
}
