using System.Text.Json;
using System.Threading.Channels;
using EventEngine.Application.Ingestion;
using EventEngine.Application.People;
using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using Npgsql;

namespace EventEngine.Web.Live;

/// <summary>
/// Hears every commit of the projections, every change of a session and every refused request, wherever they happen, and passes it on. After a lost connection
/// every page asks again.
/// </summary>
public sealed class ChangeListener(
    NpgsqlDataSource dataSource, LiveFeed feed, LiveConnections connections, TimeProvider time, ILogger<ChangeListener> log) : BackgroundService
{
    private static readonly TimeSpan SessionInterval = TimeSpan.FromMinutes(1); // sessions also end by themselves
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LagInterval = TimeSpan.FromSeconds(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(ListenAsync(stoppingToken), TellLagAsync(stoppingToken), WatchSessionsAsync(stoppingToken));

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
        var heard = Channel.CreateUnbounded<(string Channel, string Payload)>(new UnboundedChannelOptions { SingleReader = true });
        db.Notification += (_, notification) => heard.Writer.TryWrite((notification.Channel, notification.Payload));
        await using (var listen = new NpgsqlCommand($"listen {Commit.Channel}; listen {SessionChange.Channel}; listen {RefusedRequests.Channel}", db)) await listen.ExecuteNonQueryAsync(ct);
        await connections.LookAgainAsync(person: null, ct);
        await feed.AnnounceToAllAsync(ct);
        while (true)
        {
            await db.WaitAsync(ct);
            while (heard.Reader.TryRead(out var said)) await PassOnAsync(said.Channel, said.Payload, ct);
        }
    }

    private async Task PassOnAsync(string channel, string payload, CancellationToken ct)
    {
        try
        {
            if (channel == SessionChange.Channel) await connections.LookAgainAsync(Guid.Parse(payload), ct);
            else if (channel == RefusedRequests.Channel) feed.Refused(new AppId(Guid.Parse(payload)));
            else await PassOnAsync(Commit.Parse(payload), ct);
        }
        catch (JsonException e)
        {
            log.LogError(e, "A commit was announced in an unknown form: {Payload}", payload);
        }
    }

    /// <summary>Who was removed hears nothing more: connections are cut before the commit is announced to them.</summary>
    private async Task PassOnAsync(Commit commit, CancellationToken ct)
    {
        if (commit.Projection == ProjectionNames.Organizations) await connections.LookAgainAsync(person: null, ct);
        await feed.CommittedAsync(commit, ct);
    }

    private async Task WatchSessionsAsync(CancellationToken ct)
    {
        using var timer = new PeriodicTimer(SessionInterval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(ct)) await TryLookAgainAsync(ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
        }
    }

    private async Task TryLookAgainAsync(CancellationToken ct)
    {
        try
        {
            await connections.LookAgainAsync(person: null, ct);
        }
        catch (NpgsqlException e)
        {
            log.LogWarning(e, "Could not look after the sessions of open pages; trying again in a minute");
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
