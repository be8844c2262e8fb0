using Npgsql;

namespace EventEngine.Projections.Runtime.Leading;

/// <summary>The leases in <c>views.checkpoints</c>. Only the database's clock counts: those of several machines differ.</summary>
internal static class LeaseRows
{
    private const string Introduce = """
        insert into views.checkpoints (projection, version, commit_position, prepare_position, applied, updated_at, epoch, state)
        values ($1, 0, -1, -1, 0, clock_timestamp(), 0, 'running') on conflict do nothing
        """;

    // One's own is free: it was lost, by an epoch that something else has raised.
    // A process that was killed has no session any more, and need not be waited for; a frozen one still has.
    private const string Look = """
        select c.epoch, c.version, c.leader,
               c.leader is null or c.leader = $3 or c.renewed_at < clock_timestamp() - $2::interval
               or not exists (select 1 from pg_stat_activity where datname = current_database()
                              and application_name = 'eventengine leases ' || split_part(c.leader, ' ', 3)) as is_free
        from views.checkpoints c where c.projection = $1
        """;

    private const string End = "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = $1";

    private const string Take = """
        update views.checkpoints set epoch = epoch + 1, leader = $3, renewed_at = clock_timestamp() where projection = $1 and epoch = $2 returning epoch
        """;

    // A row that is just being committed is renewed by that commit.
    private const string Renew = """
        update views.checkpoints set renewed_at = clock_timestamp()
        where projection in (select projection from views.checkpoints where leader = $1 for no key update skip locked)
        """;

    private const string Mine = "select projection, epoch from views.checkpoints where leader = $1";

    private const string Led = """
        select count(*) = cardinality($1) from views.checkpoints
        where projection = any($1) and leader is not null and renewed_at >= clock_timestamp() - $2::interval
        """;

    private const string Release = "update views.checkpoints set leader = null, renewed_at = null where leader = $1 and projection = $2";

    public static async Task<(long Epoch, int Version, string? Leader, bool IsFree)> LookAsync(
        NpgsqlConnection db, string projection, string worker, TimeSpan patience, CancellationToken ct)
    {
        await using var command = db.Command(Look, projection, patience, worker);
        await using (var row = await command.ExecuteReaderAsync(ct))
        {
            if (await row.ReadAsync(ct))
                return (row.GetInt64(0), row.GetInt32(1), row.IsDBNull(2) ? null : row.GetString(2), row.GetBoolean(3));
        }

        await db.ExecuteAsync(Introduce, ct, projection);
        return (0, 0, null, true);
    }

    /// <summary>Ends the sessions of the leader that was; a transaction that it left open would hold its rows for ever.</summary>
    /// <returns>Null: a rival was faster.</returns>
    public static async Task<long?> TakeAsync(NpgsqlConnection db, string projection, long epoch, string? leader, string worker, CancellationToken ct)
    {
        if (leader is not null) await db.ExecuteAsync(End, ct, Worker.SessionOf(leader, projection));
        await using var command = db.Command(Take, projection, epoch, worker);
        return await command.ExecuteScalarAsync(ct) as long?;
    }

    /// <summary>Whether each of the projections has a leader that renews.</summary>
    public static Task<bool> AreLedAsync(NpgsqlConnection db, string[] projections, TimeSpan patience, CancellationToken ct) =>
        db.AsksAsync(Led, ct, projections, patience);

    public static async Task<Dictionary<string, long>> RenewAsync(NpgsqlConnection db, string worker, CancellationToken ct)
    {
        await db.ExecuteAsync(Renew, ct, worker);
        var mine = new Dictionary<string, long>(StringComparer.Ordinal);
        await using var command = db.Command(Mine, worker);
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct)) mine[row.GetString(0)] = row.GetInt64(1);
        return mine;
    }

    public static Task ReleaseAsync(NpgsqlConnection db, string worker, string projection, CancellationToken ct) =>
        db.ExecuteAsync(Release, ct, worker, projection);
}
