using EventEngine.Application.Apps;
using EventEngine.Application.EventStore;
using EventEngine.Application.Shared;
using MediatR;
using Npgsql;

namespace EventEngine.Web.Apps;

/// <summary>Erases what deleted apps reported, a while after their keys have stopped. Any number of nodes may.</summary>
public sealed class AppEraser(IServiceScopeFactory scopes, TimeProvider time, ILogger<AppEraser> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(30), After = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken)) await EraseAsync(stoppingToken);
    }

    private async Task EraseAsync(CancellationToken ct)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var mediator = scope.ServiceProvider.GetRequiredService<IMediator>();
            foreach (var app in await mediator.Send(new ListAppsToErase(time.GetUtcNow() - After), ct))
                if (await mediator.Send(new EraseApp(app), ct)) log.LogInformation("What the deleted app {App} had reported is erased", app.App);
        }
        catch (Exception error) when (error is NpgsqlException or StoreUnavailableException or WrongRevisionException or ReadModelsMissingException)
        {
            log.LogWarning(error, "Deleted apps could not be erased; the next attempt follows");
        }
    }
}
