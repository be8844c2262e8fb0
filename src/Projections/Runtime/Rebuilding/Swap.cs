using EventEngine.Application.EventStore;
using EventEngine.Projections.Runtime.Leading;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace EventEngine.Projections.Runtime.Rebuilding;

/// <summary>
/// Puts a build in the place of the live tables, in one short transaction. Queries hold the gate while they read, so that the exchange
/// falls between two of them; who holds it for long is not waited for: the swap steps back, lets everybody through and tries again.
/// </summary>
internal sealed class Swap(NpgsqlDataSource dataSource, ILogger log)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    /// <summary>Postgres ends an autovacuum that somebody waits for after a second (deadlock_timeout).</summary>
    private static readonly TimeSpan Vacuum = TimeSpan.FromMilliseconds(1_500);

    private const string Partitions = """
        with recursive tree as (
            select c.oid, c.relname from pg_class c where c.relnamespace = to_regnamespace($1) and c.relname = any($2) and c.relkind in ('r', 'p')
            union all select c.oid, c.relname from pg_inherits i join tree on i.inhparent = tree.oid join pg_class c on c.oid = i.inhrelid)
        select relname::text from tree
        """;

    private static string Made(string schema) => $"select coalesce((select tables from {schema}.checkpoints where projection = $1), $2)";

    private static string Move(string build) => $"""
        update views.checkpoints live set version = built.version, tables_digest = built.tables_digest, tables = built.tables,
            commit_position = built.commit_position, prepare_position = built.prepare_position, applied = built.applied,
            event_at = coalesce(built.event_at, live.event_at), updated_at = clock_timestamp(), state = 'running', error = null, error_position = null, error_event = null, skipped = built.skipped
        from {build}.checkpoints built where live.projection = $1 and built.projection = $1 and live.epoch = $2 and built.epoch = $3
            and (live.commit_position, live.prepare_position) <= (built.commit_position, built.prepare_position)
        """;

    // An event is parked as long as the live tables lack it: those that the coming tables hold are not any more...
    private static string Unpark(string build) => $"""
        update app.parked_events p set unparked_by = $3, unparked_at = clock_timestamp()
        from views.checkpoints live, {build}.checkpoints built
        where live.projection = $1 and built.projection = $1 and p.projection = $1 and p.unparked_at is null
          and p.event_id <> all(built.skipped) and (p.event_id = any(live.skipped) or p.event_id = any($2))
        """;

    // ...and those that they lack are again, after a rollback.
    private static string Repark(string build) => $"""
        insert into app.parked_events (parked_id, projection, commit_position, prepare_position, stream, revision, event_type, event_id, error, reason, parked_by, parked_at)
        select distinct on (p.event_id) gen_random_uuid(), p.projection, p.commit_position, p.prepare_position, p.stream, p.revision, p.event_type, p.event_id, p.error, p.reason, $2, clock_timestamp()
        from app.parked_events p join {build}.checkpoints built on built.projection = p.projection and p.event_id = any(built.skipped)
        where p.projection = $1 and not exists (select 1 from app.parked_events o where o.projection = $1 and o.event_id = p.event_id and o.unparked_at is null)
        order by p.event_id, p.parked_at desc
        """;

    private TimeSpan _patience = TimeSpan.FromMilliseconds(50);

    /// <returns>False: queries are reading and were not waited for any longer; to be tried again.</returns>
    /// <exception cref="SupersededException">Another worker has taken over, or the live tables are further than the build: pages don't go back.</exception>
    public async Task<bool> TryAsync(IProjection projection, (Lease Lead, Lease Build) leases, string build, OpenRebuild request, StorePosition? position, CancellationToken ct)
    {
        try
        {
            await ExchangeAsync(projection, leases, build, request, position, ct);
            return true;
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected)
        {
            log.LogInformation("Queries are reading; the swap of {Projection} steps back for a moment", projection.Name);
            _patience = _patience * 1.5 < Longest ? _patience * 1.5 : Longest;
            return false;
        }
    }

    /// <summary>What the last swap but one had left.</summary>
    public async Task CleanUpAsync(IProjection projection, CancellationToken ct)
    {
        await using var db = await dataSource.OpenConnectionAsync(ct);
        await db.ExecuteAsync($"drop schema if exists {Discarded(projection)} cascade", ct);
    }

    private static string Discarded(IProjection projection) => $"discarded_{projection.Name}";

    private async Task ExchangeAsync(IProjection projection, (Lease Lead, Lease Build) leases, string build, OpenRebuild request, StorePosition? position, CancellationToken ct)
    {
        var previous = BuildSchema.PreviousOf(projection.Name);
        await using var db = await dataSource.OpenConnectionAsync(ct);
        if (await db.AsksAsync("select to_regnamespace($1) is null", ct, build)) return; // the connection had broken after the commit
        var coming = await TablesAsync(db, build, projection, ct);
        await using var transaction = await db.BeginTransactionAsync(ct);
        await db.ExecuteAsync($"set local application_name to '{leases.Lead.Session}'", ct); // whoever takes over ends it: frozen, it would hold the gate
        await db.ExecuteAsync($"drop schema if exists {Discarded(projection)} cascade", ct);
        if (await db.AsksAsync("select to_regnamespace($1) is not null", ct, previous)) await db.ExecuteAsync($"alter schema {previous} rename to {Discarded(projection)}", ct);
        await db.ExecuteAsync($"create schema {previous}; create table {previous}.checkpoints (like views.checkpoints including all)", ct);
        var going = await TablesAsync(db, "views", projection, ct);
        await KeepVacuumOutAsync(db, [.. going.Select(table => $"views.{table}"), .. coming.Select(table => $"{build}.{table}")], ct);
        await db.ExecuteAsync($"set local lock_timeout to {(int)_patience.TotalMilliseconds}; lock table views.gate in access exclusive mode", ct);
        await db.ExecuteAsync(string.Join("; ", [.. going.Select(table => $"alter table views.{table} set schema {previous}"), .. coming.Select(table => $"alter table {build}.{table} set schema views")]), ct);
        await db.ExecuteAsync($"insert into {previous}.checkpoints select * from views.checkpoints where projection = $1", ct, projection.Name);
        await db.ExecuteAsync(Unpark(build), ct, projection.Name, request.Unparks, request.RequestedBy);
        await db.ExecuteAsync(Repark(build), ct, projection.Name, request.RequestedBy);
        if (await db.ExecuteAsync(Move(build), ct, projection.Name, leases.Lead.Epoch, leases.Build.Epoch) == 0) throw new SupersededException(projection.Name);
        await db.ExecuteAsync($"drop schema {build} cascade", ct);
        await db.ExecuteAsync("select pg_notify($1, $2)", ct, Committed.Channel, Committed.ConcerningAll(projection.Name, position));
        await transaction.CommitAsync(ct);
    }

    /// <summary>Before the gate is closed: queries don't notice this lock, but would wait for whatever the exchange has to wait for.</summary>
    private static async Task KeepVacuumOutAsync(NpgsqlConnection db, string[] tables, CancellationToken ct) => await db.ExecuteAsync(
        $"set local lock_timeout to {(int)Vacuum.TotalMilliseconds}; lock table {string.Join(", ", tables)} in share update exclusive mode", ct);

    private static async Task<string[]> TablesAsync(NpgsqlConnection db, string schema, IProjection projection, CancellationToken ct)
    {
        await using var made = db.Command(Made(schema), projection.Name, projection.Tables.Names.ToArray());
        var roots = (string[])(await made.ExecuteScalarAsync(ct))!;
        await using var command = db.Command(Partitions, schema, roots);
        await using var row = await command.ExecuteReaderAsync(ct);
        var tables = new List<string>();
        while (await row.ReadAsync(ct)) tables.Add(row.GetString(0));
        return [.. tables];
    }
}
