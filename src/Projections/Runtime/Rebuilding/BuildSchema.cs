using EventEngine.Projections.Runtime.Leading;
using Npgsql;

namespace EventEngine.Projections.Runtime.Rebuilding;

/// <summary>A schema of a build: its tables, and beside them its own checkpoint, so that dropping the schema leaves no trace.</summary>
internal sealed class BuildSchema(NpgsqlDataSource dataSource, IProjection projection, string schema)
{
    private const string MakeCheckpoints = "create table checkpoints (like views.checkpoints including all)";

    private const string Begin = """
        insert into checkpoints (projection, version, tables_digest, tables, commit_position, prepare_position, applied, updated_at, epoch, state, store)
        select $1, $2, $3, $4, -1, -1, 0, clock_timestamp(), $5, 'running', store from views.checkpoints where projection = $1
        """;

    private const string GoOn = "update checkpoints set epoch = $2, state = 'running', error = null, error_position = null, error_event = null where projection = $1";

    public string Name => schema;

    public static string BuildOf(string projection) => $"build_{projection}";

    public static string ScratchOf(string projection) => $"scratch_{projection}";

    public static string RollbackOf(string projection) => $"rollback_{projection}";

    public static string PreviousOf(string projection) => $"previous_{projection}";

    /// <summary>What stands there goes on if <paramref name="resume"/> and it is of this program's form and of this store; else it begins anew.</summary>
    /// <exception cref="SupersededException">Another worker builds it now.</exception>
    /// <param name="unparks">Events that it must not have passed over.</param>
    public async Task<Checkpoint> PrepareAsync(Lease lease, bool resume, Guid[] unparks, CancellationToken ct)
    {
        await using var db = await dataSource.OpenConnectionAsync(ct);
        await using var transaction = await db.BeginTransactionAsync(ct);
        await db.ExecuteAsync($"set local application_name to '{lease.Session}'", ct);
        if (!await lease.Rows.KeepAsync(db, lease.Projection, lease.Epoch, ct)) throw new SupersededException(projection.Name);
        if (!resume || !await HasFormAsync(db, ct) || await HasSkippedAsync(db, unparks, ct)) await CreateAsync(db, lease, ct);
        await db.ExecuteAsync($"set local search_path to {schema}", ct);
        await db.ExecuteAsync(GoOn, ct, projection.Name, lease.Epoch);
        var checkpoint = await new CheckpointRow(projection.Name, lease.Epoch).LoadAsync(db, ct);
        await transaction.CommitAsync(ct);
        return checkpoint;
    }

    public async Task DropAsync(CancellationToken ct)
    {
        await using var db = await dataSource.OpenConnectionAsync(ct);
        await db.ExecuteAsync($"drop schema if exists {schema} cascade", ct);
    }

    /// <summary>Gives it another name; what stands under that one goes.</summary>
    /// <returns>False: there is nothing under this name.</returns>
    public async Task<bool> RenameAsync(string to, CancellationToken ct)
    {
        await using var db = await dataSource.OpenConnectionAsync(ct);
        await using var transaction = await db.BeginTransactionAsync(ct);
        if (!await db.AsksAsync("select to_regnamespace($1) is not null", ct, schema)) return false;
        await db.ExecuteAsync($"drop schema if exists {to} cascade; alter schema {schema} rename to {to}", ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    public async Task<bool> HasFormAsync(CancellationToken ct)
    {
        await using var db = await dataSource.OpenConnectionAsync(ct);
        return await HasFormAsync(db, ct);
    }

    /// <summary>Whether it stands where the live tables stand.</summary>
    public Task<bool> HasMetLiveAsync(NpgsqlConnection db, CancellationToken ct) => db.AsksAsync(
        $"""
        select exists (select 1 from {schema}.checkpoints b join views.checkpoints l using (projection)
                       where projection = $1 and (b.commit_position, b.prepare_position) = (l.commit_position, l.prepare_position))
        """,
        ct, projection.Name);

    private async Task<bool> HasFormAsync(NpgsqlConnection db, CancellationToken ct) =>
        await db.AsksAsync("select to_regclass($1) is not null", ct, $"{schema}.checkpoints")
        && await db.AsksAsync(
            $"""
            select exists (select 1 from {schema}.checkpoints b join views.checkpoints l using (projection)
                           where projection = $1 and b.version = $2 and b.tables_digest = $3 and b.store is not distinct from l.store)
            """,
            ct, projection.Name, projection.Version, projection.Tables.Digest);

    private async Task<bool> HasSkippedAsync(NpgsqlConnection db, Guid[] events, CancellationToken ct) =>
        events.Length > 0 && await db.AsksAsync($"select exists (select 1 from {schema}.checkpoints where projection = $1 and skipped && $2)", ct, projection.Name, events);

    private async Task CreateAsync(NpgsqlConnection db, Lease lease, CancellationToken ct)
    {
        await db.ExecuteAsync($"drop schema if exists {schema} cascade; create schema {schema}; set local search_path to {schema}", ct);
        await projection.Tables.CreateWithoutIndexesAsync(db, ct);
        await db.ExecuteAsync(MakeCheckpoints, ct);
        await db.ExecuteAsync(
            Begin, ct, projection.Name, projection.Version, projection.Tables.Digest, projection.Tables.Names.ToArray(), lease.Epoch);
    }
}
