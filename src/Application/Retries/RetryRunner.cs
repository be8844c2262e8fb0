using System.Collections.Concurrent;
using EventEngine.Application.Callbacks;
using EventEngine.Application.EventStore;
using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Shared;
using MediatR;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EventEngine.Application.Retries;

/// <summary>Finds retries with something left to do, and runs those of the apps that no other process holds.</summary>
public sealed class RetryRunner(
    IRetryLeases leases, IEventStore store, ICallbacks callbacks, IMediator mediator, IOptions<EventEngineOptions> options, TimeProvider time, ILogger<RetryRunner> log)
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(500), Renewal = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<AppId, AppRunner> _apps = new();

    /// <summary>Until cancelled; then waits for the answers to what is under way.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        using var ended = new CancellationTokenSource();
        var renewing = RenewAsync(ended.Token);
        while (!ct.IsCancellationRequested)
        {
            await TryAttendAsync(ct);
            await Task.Delay(Glance, time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await Task.WhenAll(_apps.Keys.Select(app => LeaveAsync(app, isMine: true)));
        await ended.CancelAsync(); // only now: the last answers are still covered
        await renewing;
    }

    private async Task TryAttendAsync(CancellationToken ct)
    {
        try
        {
            var work = await mediator.Send(new ListRetryWork(time.GetUtcNow().AddHours(-options.Value.Retries.ConfirmHours)), ct);
            foreach (var app in work.GroupBy(retry => retry.App)) await AttendAsync(app.Key, app, ct);
            var done = _apps.Where(app => app.Value.IsIdle && work.All(retry => retry.App != app.Key)).Select(app => app.Key).ToList();
            foreach (var app in done) await LeaveAsync(app, isMine: true);
        }
        catch (Exception e) when (ct.IsCancellationRequested)
        {
            log.LogDebug(e, "Looking for retries ended");
        }
        catch (Exception e) when (e is ReadModelsMissingException or StoreUnavailableException or Npgsql.NpgsqlException)
        {
            log.LogDebug(e, "Retries can't be looked for now");
        }
        catch (Exception e)
        {
            log.LogError(e, "Retries can't be looked for now; trying again");
        }
    }

    private async Task AttendAsync(AppId app, IEnumerable<RetryWork> work, CancellationToken ct)
    {
        if (!_apps.TryGetValue(app, out var runner))
        {
            if (!await leases.TryTakeAsync(app, ct)) return;
            var state = await store.FoldAsync(StreamName.App(app), App.Initial, App.Evolve, ct);
            if (!state.Exists)
            {
                await leases.ReleaseAsync(app, ct);
                return;
            }

            _apps[app] = runner = new AppRunner(state, app, store, callbacks, mediator, options.Value.Retries, time, log, ct);
        }

        runner.Attend(work);
    }

    private async Task RenewAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            await Task.Delay(Renewal, time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (_apps.IsEmpty) continue;
            try
            {
                var held = _apps.Keys.ToList();
                var mine = await leases.RenewAsync(ct);
                foreach (var app in held.Where(app => !mine.Contains(app)))
                {
                    log.LogWarning("Another process has taken over the retries of app {App}", app);
                    _ = LeaveAsync(app, isMine: false);
                }
            }
            catch (Exception e) when (e is Npgsql.NpgsqlException or OperationCanceledException)
            {
                log.LogDebug(e, "The leases of retries can't be renewed now");
            }
        }
    }

    private async Task LeaveAsync(AppId app, bool isMine)
    {
        if (!_apps.TryGetValue(app, out var runner)) return;
        await runner.DisposeAsync();
        _apps.TryRemove(app, out _);
        try
        {
            if (isMine) await leases.ReleaseAsync(app, CancellationToken.None);
        }
        catch (Npgsql.NpgsqlException e)
        {
            log.LogDebug(e, "The lease of app {App} runs out by itself", app);
        }
    }
}
