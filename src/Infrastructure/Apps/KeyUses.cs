using EventEngine.Application.Apps;
using EventEngine.Application.Ingestion;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace EventEngine.Infrastructure.Apps;

/// <summary>Writes down when keys were last used, once in a while and for all of them together: no request waits for it.</summary>
internal sealed class KeyUses(Reporters reporters, IApiKeyVault vault, TimeProvider time, ILogger<KeyUses> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await NoteAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken)) await NoteAsync(stoppingToken);
    }

    private async Task NoteAsync(CancellationToken ct)
    {
        try
        {
            if (reporters.TakeUses() is { Count: > 0 } uses) await vault.NoteUsesAsync(uses, ct);
        }
        catch (NpgsqlException error)
        {
            log.LogWarning(error, "The last use of API keys could not be written down");
        }
    }
}
