using Microsoft.Extensions.Logging;
using Npgsql;

namespace EventEngine.Infrastructure.EventStore.Embedded;

/// <summary>
/// Hears of what other processes append: a notification comes with each commit; every second of silence the head is read, in case one was
/// lost. Runs from the first subscription on.
/// </summary>
internal sealed class HeadListener(NpgsqlDataSource dataSource, HeadSignal signal, TimeProvider time, ILogger logger) : IAsyncDisposable
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(1), Pause = TimeSpan.FromMilliseconds(250);
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _stop = new();
    private Task? _loop;

    public void Start()
    {
        lock (_lock) _loop ??= Task.Run(() => RunAsync(_stop.Token));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        if (_loop is not null) await _loop;
        _stop.Dispose();
    }

    private async Task RunAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(ct);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                logger.LogWarning(e, "Lost the connection that listens for new events; connecting again");
                await Task.Delay(Pause, time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task ListenAsync(CancellationToken ct)
    {
        await using var connection = await dataSource.OpenConnectionAsync(ct);
        connection.Notification += (_, heard) => signal.Advance(long.Parse(heard.Payload));
        await using (var listen = new NpgsqlCommand($"listen {GroupTransaction.Channel}", connection)) await listen.ExecuteNonQueryAsync(ct);
        while (true)
        {
            signal.Advance((await StoreHeadRows.ReadAsync(connection, ct)).Position);
            while (await connection.WaitAsync(Silence, ct))
            {
            }
        }
    }
}
