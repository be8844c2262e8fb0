using System.Text.Json;
using System.Threading.Channels;
using Npgsql;

namespace EventEngine.Web.Live;

/// <summary>Hears every commit of the projections, wherever they run, and passes it on. After a lost connection every page asks again.</summary>
public sealed class ProjectionListener(NpgsqlDataSource dataSource, LiveFeed feed, TimeProvider time, ILogger<ProjectionListener> log) : BackgroundService
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LagInterval = TimeSpan.FromSeconds(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(ListenAsync(stoppingToken), TellLagAsync(stoppingToken));

    private async Task ListenAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await ListenOnceAsync(ct);
            }
            catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException)
            {
                log.LogWarning(e, "Lost the connection that hears of commits; trying again");
                await Task.Delay(Patience, time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
            }
        }
    }

    private async Task ListenOnceAsync(CancellationToken ct)
    {
        await using var db = await dataSource.OpenConnectionAsync(ct);
        var heard = Channel.CreateUnbounded<string>(new UnboundedChannelOptions { SingleReader = true });
        db.Notification += (_, notification) => heard.Writer.TryWrite(notification.Payload);
        await using (var listen = new NpgsqlCommand($"listen {Commit.Channel}", db)) await listen.ExecuteNonQueryAsync(ct);
        await feed.AnnounceToAllAsync(ct);
        while (true)
        {
            await db.WaitAsync(ct);
            while (heard.Reader.TryRead(out var payload)) await PassOnAsync(payload, ct);
        }
    }

    private async Task PassOnAsync(string payload, CancellationToken ct)
    {
        try
        {
            await feed.CommittedAsync(Commit.Parse(payload), ct);
        }
        catch (JsonException e)
        {
            log.LogError(e, "A commit was announced in an unknown form: {Payload}", payload);
        }
    }

    private async Task TellLagAsync(CancellationToken ct)
    {
        using var timer = new PeriodicTimer(LagInterval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(ct)) await feed.TellLagAsync(ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
        }
    }
}
