using Npgsql;

namespace EventEngine.Projections.Runtime.Leading;

/// <summary>The leases in a table. Only the database's clock counts: those of several machines differ.</summary>
/// <param name="introduce">A row that nobody holds yet.</param>
/// <param name="purpose">In the names of the sessions that write under these leases.</param>
internal sealed class LeaseRows(string table, string introduce, string purpose)
{
    /// <summary>The right to write a projection's live tables.</summary>
    public static readonly LeaseRows OfLeads = new("views.checkpoints", """
        insert into views.checkpoints (projection, version, commit_position, prepare_position, applied, updated_at, epoch, state)
        values ($1, 0, -1, -1, 0, clock_timestamp(), 0, 'running') on conflict do nothing
        """, "");

    /// <summary>The right to build a projection's tables beside the live ones.</summary>
    public static readonly LeaseRows OfBuilds = new("app.builds", "insert into app.builds (projection, epoch) values ($1, 0) on conflict do nothing", "build of ");

    // One's own is free: it was lost, by an epoch that something else has raised.
    // A process that was killed has no session any more, and need not be waited for; a frozen one still has.
    private readonly string _look = $"""
        select epoch, leader,
               leader is null or leader = $3 or renewed_at < clock_timestamp() - $2::interval
               or not exists (select 1 from pg_stat_activity where datname = current_database()
                              and application_name = 'eventengine leases ' || split_part(leader, ' ', 3)) as is_free
        from {table} where projection = $1
        """;

    private readonly string _take = $"""
        update {table} set epoch = epoch + 1, leader = $3, renewed_at = clock_timestamp() where projection = $1 and epoch = $2 returning epoch
        """;

    // A row that is just being committed is renewed by that commit.
    private readonly string _renew = $"""
        update {table} set renewed_at = clock_timestamp()
        where projection in (select projection from {table} where leader = $1 for no key update skip locked)
        """;

    private readonly string _mine = $"select projection, epoch from {table} where leader = $1";

    private readonly string _held = $"""
        select count(*) = cardinality($1) from {table}
        where projection = any($1) and leader is not null and renewed_at >= clock_timestamp() - $2::interval
        """;

    private readonly string _keep = $"select exists (select 1 from {table} where projection = $1 and epoch = $2 for no key update)";

    private readonly string _release = $"update {table} set leader = null, renewed_at = null where projection = $1 and epoch = $2 and leader = $3";

    // One without a transaction holds nothing, and may have gone back to a pool under this name.
    private const string End = """
        select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = $1 and xact_start is not null
        """;

    public async Task<(long Epoch, string? Leader, bool IsFree)> LookAsync(NpgsqlConnection db, string projection, string worker, TimeSpan patience, CancellationToken ct)
    {
        await using var command = db.Command(_look, projection, patience, worker);
        await using (var row = await command.ExecuteReaderAsync(ct))
        {
            if (await row.ReadAsync(ct)) return (row.GetInt64(0), row.IsDBNull(1) ? null : row.GetString(1), row.GetBoolean(2));
        }

        await db.ExecuteAsync(introduce, ct, projection);
        return (0, null, true);
    }

    /// <summary>Ends what the leader that was has left open: a transaction would hold its rows for ever.</summary>
    /// <returns>Null: a rival was faster.</returns>
    public async Task<long?> TakeAsync(NpgsqlConnection db, string projection, long epoch, string? leader, string worker, CancellationToken ct)
    {
        if (leader is not null) await db.ExecuteAsync(End, ct, SessionOf(leader, projection));
        await using var transaction = await db.BeginTransactionAsync(ct);
        await db.ExecuteAsync("set local synchronous_commit to on", ct); // undone by a crash, the same epoch would be another's, too
        await using var command = db.Command(_take, projection, epoch, worker);
        var taken = await command.ExecuteScalarAsync(ct) as long?;
        await transaction.CommitAsync(ct);
        return taken;
    }

    /// <summary>The sessions that write under a lease; a rival ends them before it takes over.</summary>
    public string SessionOf(string worker, string projection) => Worker.SessionOf(worker, purpose + projection);

    /// <summary>Whether each of the projections has a leader that renews.</summary>
    public Task<bool> AreHeldAsync(NpgsqlConnection db, string[] projections, TimeSpan patience, CancellationToken ct) =>
        db.AsksAsync(_held, ct, projections, patience);

    /// <summary>Until the end of the transaction nobody takes it over.</summary>
    /// <returns>False: somebody has.</returns>
    public Task<bool> KeepAsync(NpgsqlConnection db, string projection, long epoch, CancellationToken ct) => db.AsksAsync(_keep, ct, projection, epoch);

    public async Task<Dictionary<string, long>> RenewAsync(NpgsqlConnection db, string worker, CancellationToken ct)
    {
        await db.ExecuteAsync(_renew, ct, worker);
        var mine = new Dictionary<string, long>(StringComparer.Ordinal);
        await using var command = db.Command(_mine, worker);
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct)) mine[row.GetString(0)] = row.GetInt64(1);
        return mine;
    }

    public Task ReleaseAsync(NpgsqlConnection db, string projection, long epoch, string worker, CancellationToken ct) =>
        db.ExecuteAsync(_release, ct, projection, epoch, worker);
}
