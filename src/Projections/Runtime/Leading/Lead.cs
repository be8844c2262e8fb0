using EventEngine.Application.Pipeline;
using EventEngine.Infrastructure.Pipeline;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace EventEngine.Projections.Runtime.Leading;

/// <summary>
/// The beginning of a lead: makes the projection's tables where there are none. Tables of another form keep serving as they are, while
/// those of this program's form are built beside them.
/// </summary>
internal sealed class Lead(NpgsqlDataSource dataSource, TimeProvider time, ILogger<Lead> log)
{
    private const string Version = "select version from views.checkpoints where projection = $1";

    private const string Form = "select version, tables_digest from views.checkpoints where projection = $1 and epoch = $2 for update";

    private const string Describe = "update views.checkpoints set version = $2, tables_digest = $3, tables = $4 where projection = $1";

    private const string Begin = """
        update views.checkpoints set state = $3, program_version = $4, error = null, error_position = null, error_event = null, updated_at = $2 where projection = $1
        """;

    private readonly Rebuilds _rebuilds = new(dataSource);

    /// <returns>Of the tables that are there; 0: none.</returns>
    public async Task<int> VersionAsync(IProjection projection, CancellationToken ct)
    {
        await using var db = await dataSource.OpenConnectionAsync(ct);
        await using var command = db.Command(Version, projection.Name);
        return await command.ExecuteScalarAsync(ct) as int? ?? 0;
    }

    /// <summary>Asks for tables of this program's form.</summary>
    /// <returns>False: something else is going on; to be asked again.</returns>
    public async Task<bool> AskUpgradeAsync(IProjection projection, CancellationToken ct)
    {
        var (id, isNew) = await _rebuilds.RequestAsync(RebuildRequest.ToUpgrade(projection.Name, projection.Version), $"version {projection.Version}", ct);
        return isNew || (await _rebuilds.ReadAsync([id], ct)).TrueForAll(open => open.Kind == RebuildKind.Upgrade);
    }

    /// <returns>Where to go on; null: the tables are of another form, and their successors are on their way.</returns>
    /// <exception cref="SupersededException">Another worker has taken over.</exception>
    public async Task<(CheckpointRow Row, Checkpoint Checkpoint)?> BeginAsync(IProjection projection, Lease lease, string schema, CancellationToken ct)
    {
        var row = new CheckpointRow(projection.Name, lease.Epoch);
        await using var db = await dataSource.OpenConnectionAsync(ct);
        await using var transaction = await db.BeginTransactionAsync(ct);
        await db.ExecuteAsync($"set local search_path to {schema}", ct);
        var fits = await HasTablesAsync(projection, lease, db, ct);
        await db.ExecuteAsync(Begin, ct, projection.Name, time.GetUtcNow(), fits ? "running" : "outdated", projection.Version);
        var checkpoint = await row.LoadAsync(db, ct);
        await transaction.CommitAsync(ct);
        if (fits) return (row, checkpoint);
        await AskUpgradeAsync(projection, ct);
        return null;
    }

    private async Task<bool> HasTablesAsync(IProjection projection, Lease lease, NpgsqlConnection db, CancellationToken ct)
    {
        var (version, digest) = await FormOfAsync(lease, db, ct);
        if (version > projection.Version) throw new SupersededException(projection.Name);
        if (digest.Length > 0 && (version != projection.Version || digest != projection.Tables.Digest))
        {
            log.LogWarning("The tables of {Projection} are of another form (version {Old}, now {New}): they stand still until others are built", projection.Name, version, projection.Version);
            return false;
        }

        if (digest.Length == 0) await projection.Tables.CreateAsync(db, ct);
        await db.ExecuteAsync(Describe, ct, projection.Name, projection.Version, projection.Tables.Digest, projection.Tables.Names.ToArray());
        return true;
    }

    private static async Task<(int Version, string Digest)> FormOfAsync(Lease lease, NpgsqlConnection db, CancellationToken ct)
    {
        await using var command = db.Command(Form, lease.Projection, lease.Epoch);
        await using var row = await command.ExecuteReaderAsync(ct);
        if (!await row.ReadAsync(ct)) throw new SupersededException(lease.Projection);
        return (row.GetInt32(0), row.GetString(1));
    }
}
