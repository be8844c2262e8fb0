using EventEngine.Infrastructure.Postgres;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace EventEngine.Projections.Runtime.Leading;

/// <summary>
/// The leases of one worker, on projections that it leads and on builds: one session takes, renews and releases them all. A rival may take over after <see cref="Patience"/> without
/// renewal, or at once when that session is gone. They end with it: the database may have crashed, and undone what was committed under them last.
/// </summary>
internal sealed class Leases(NpgsqlDataSource dataSource, Worker worker, TimeProvider time, ILogger<Leases> log) : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly List<Lease> _held = [];
    private NpgsqlConnection? _db;
    private bool _hadSession;

    /// <param name="over">Taken over from whoever holds it.</param>
    /// <returns>Null while another worker holds it.</returns>
    public Task<Lease?> TryTakeAsync(LeaseRows rows, string projection, bool over, CancellationToken ct) => UseAsync(async db =>
    {
        var (epoch, leader, isFree) = await rows.LookAsync(db, projection, worker.Name, Patience, ct);
        if (!isFree && !over) return null;
        if (await rows.TakeAsync(db, projection, epoch, leader, worker.Name, ct) is not { } taken) return null;
        if (leader is not null) log.LogWarning("Takes {Session} over from {Leader}", rows.SessionOf(worker.Name, projection), leader);
        var lease = new Lease(rows, projection, taken, rows.SessionOf(worker.Name, projection));
        lock (_held) _held.Add(lease);
        return lease;
    }, ct);

    /// <summary>Renews until cancelled.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        using var timer = new PeriodicTimer(Renewal, time);
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await timer.WaitForNextTickAsync(ct);
                await RenewAsync(ct);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                log.LogWarning(e, "The leases can't be renewed now; trying again");
            }
        }
    }

    /// <summary>Whoever stands by may lead at once. Failing to say so only makes them wait.</summary>
    public async Task ReleaseAsync(Lease lease)
    {
        using var released = lease;
        await lease.LoseAsync();
        lock (_held)
        {
            if (!_held.Remove(lease)) return;
        }

        try
        {
            await UseAsync<object?>(async db =>
            {
                await lease.Rows.ReleaseAsync(db, lease.Projection, lease.Epoch, worker.Name, CancellationToken.None);
                return null;
            }, CancellationToken.None);
        }
        catch (Exception e)
        {
            log.LogWarning(e, "{Session} can't be released now; it runs out within {Patience}", lease.Session, Patience);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await AbandonAsync();
        _turn.Dispose();
    }

    private async Task RenewAsync(CancellationToken ct)
    {
        foreach (var leases in Held().GroupBy(lease => lease.Rows)) await RenewAsync(leases.Key, leases, ct);
    }

    private async Task RenewAsync(LeaseRows rows, IEnumerable<Lease> held, CancellationToken ct)
    {
        var mine = await UseAsync(db => rows.RenewAsync(db, worker.Name, ct), ct);
        foreach (var lease in held)
        {
            if (!mine.TryGetValue(lease.Projection, out var epoch) || epoch != lease.Epoch) Lose(lease);
        }
    }

    private Lease[] Held()
    {
        lock (_held) return [.. _held];
    }

    private void Lose(Lease lease)
    {
        lock (_held)
        {
            if (_held.Remove(lease)) _ = lease.LoseAsync(); // nobody here waits for those who listen
        }
    }

    private async Task<T> UseAsync<T>(Func<NpgsqlConnection, Task<T>> use, CancellationToken ct)
    {
        await _turn.WaitAsync(ct);
        try
        {
            return await use(await OpenAsync(ct));
        }
        catch (PostgresException) when (IsOpen)
        {
            throw; // refused, as for a row that is locked for long: the session stands
        }
        catch
        {
            await AbandonAsync(); // whatever state it is in
            throw;
        }
        finally
        {
            _turn.Release();
        }
    }

    private bool IsOpen => _db is { FullState: System.Data.ConnectionState.Open };

    private async Task<NpgsqlConnection> OpenAsync(CancellationToken ct)
    {
        if (IsOpen) return _db!;
        await AbandonAsync();
        var db = await dataSource.OpenConnectionAsync(ct);
        await db.ExecuteAsync($"set application_name to '{worker.LeaseSession}'; set lock_timeout to '1s'; set synchronous_commit to off", ct);
        if (_hadSession)
        {
            foreach (var lease in Held()) Lose(lease);
        }

        _hadSession = true;
        return _db = db;
    }

    private async Task AbandonAsync()
    {
        if (_db is not { } db) return;
        _db = null;
        await db.DisposeAsync();
    }
}
