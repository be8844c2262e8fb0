using Microsoft.Extensions.Logging;
using Npgsql;

namespace EventEngine.Projections.Runtime.Leading;

/// <summary>
/// The leases of one worker: one session takes, renews and releases them all. A rival may take over after <see cref="Patience"/> without
/// renewal, or at once when that session is gone.
/// </summary>
internal sealed class Leases(NpgsqlDataSource dataSource, Worker worker, TimeProvider time, ILogger<Leases> log) : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly List<Lease> _held = [];
    private NpgsqlConnection? _db;

    /// <param name="mayLead">Judges the version of the tables that are there (0: none).</param>
    /// <returns>Null while another worker leads.</returns>
    public Task<Lease?> TryTakeAsync(string projection, Predicate<int> mayLead, CancellationToken ct) => UseAsync(async db =>
    {
        var (epoch, version, leader, isFree) = await LeaseRows.LookAsync(db, projection, worker.Name, Patience, ct);
        if (!isFree || !mayLead(version)) return null;
        if (await LeaseRows.TakeAsync(db, projection, epoch, leader, worker.Name, ct) is not { } taken) return null;
        if (leader is not null) log.LogWarning("Takes the lead of {Projection} over from {Leader}, who no longer renews it", projection, leader);
        var lease = new Lease(projection, taken);
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
            catch (Exception e) when (Transient.Is(e))
            {
                log.LogWarning(e, "The leases can't be renewed now; trying again");
            }
        }
    }

    /// <summary>Whoever stands by may lead at once. Failing to say so only makes them wait.</summary>
    public async Task ReleaseAsync(Lease lease)
    {
        using var released = lease;
        lock (_held)
        {
            if (!_held.Remove(lease)) return;
        }

        try
        {
            await UseAsync<object?>(async db =>
            {
                await LeaseRows.ReleaseAsync(db, worker.Name, lease.Projection, CancellationToken.None);
                return null;
            }, CancellationToken.None);
        }
        catch (Exception e) when (Transient.Is(e))
        {
            log.LogWarning(e, "The lead of {Projection} can't be released now; it runs out within {Patience}", lease.Projection, Patience);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await AbandonAsync();
        _turn.Dispose();
    }

    private async Task RenewAsync(CancellationToken ct)
    {
        Lease[] held;
        lock (_held) held = [.. _held];
        if (held.Length == 0) return;
        var mine = await UseAsync(db => LeaseRows.RenewAsync(db, worker.Name, ct), ct);
        foreach (var lease in held)
        {
            if (mine.TryGetValue(lease.Projection, out var epoch) && epoch == lease.Epoch) continue;
            lock (_held)
            {
                if (_held.Remove(lease)) lease.Lose();
            }
        }
    }

    private async Task<T> UseAsync<T>(Func<NpgsqlConnection, Task<T>> use, CancellationToken ct)
    {
        await _turn.WaitAsync(ct);
        try
        {
            return await use(await OpenAsync(ct));
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

    private async Task<NpgsqlConnection> OpenAsync(CancellationToken ct)
    {
        if (_db is { FullState: System.Data.ConnectionState.Open }) return _db;
        await AbandonAsync();
        var db = await dataSource.OpenConnectionAsync(ct);
        await db.ExecuteAsync($"set application_name to '{worker.LeaseSession}'; set lock_timeout to '1s'; set synchronous_commit to off", ct);
        return _db = db;
    }

    private async Task AbandonAsync()
    {
        if (_db is not { } db) return;
        _db = null;
        await db.DisposeAsync();
    }
}
