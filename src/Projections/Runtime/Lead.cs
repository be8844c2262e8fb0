using EventEngine.Application.EventStore;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace EventEngine.Projections.Runtime;

/// <summary>
/// Taking the lead of a projection: raises its epoch, and makes its tables where they are missing or of another form. Until rebuilds go
/// side by side, another form means dropping them and starting anew.
/// </summary>
internal sealed class Lead(NpgsqlDataSource dataSource, TimeProvider time, ILogger<Lead> log)
{
    private const string Introduce = """
        insert into views.checkpoints (projection, version, commit_position, prepare_position, applied, updated_at, epoch, state)
        values ($1, $2, -1, -1, 0, $3, 0, 'running') on conflict do nothing
        """;

    private const string Form = "select version, tables_digest from views.checkpoints where projection = $1 for update";

    private const string StartAnew = """
        update views.checkpoints set version = $2, tables_digest = $3, commit_position = -1, prepare_position = -1, applied = 0, event_at = null where projection = $1
        """;

    private const string Take = """
        update views.checkpoints set epoch = epoch + 1, state = 'running', error = null, error_position = null, updated_at = $2
        where projection = $1 returning commit_position, prepare_position, applied, epoch
        """;

    public async Task<(CheckpointRow Row, Checkpoint Checkpoint)> TakeAsync(IProjection projection, string schema, CancellationToken ct)
    {
        await using var db = await dataSource.OpenConnectionAsync(ct);
        await using var transaction = await db.BeginTransactionAsync(ct);
        await db.ExecuteAsync($"set local search_path to {schema}", ct);
        await db.ExecuteAsync(Introduce, ct, projection.Name, projection.Version, time.GetUtcNow());
        await MakeTablesAsync(projection, db, ct);
        var taken = await TakeAsync(projection, db, ct);
        await transaction.CommitAsync(ct);
        return taken;
    }

    private async Task MakeTablesAsync(IProjection projection, NpgsqlConnection db, CancellationToken ct)
    {
        var (version, digest) = await FormOfAsync(projection, db, ct);
        if (version == projection.Version && digest == projection.Tables.Digest) return;
        if (digest.Length > 0)
            log.LogWarning("The projection {Projection} has another form now (version {Old} to {New}): its tables are built anew", projection.Name, version, projection.Version);
        await projection.Tables.DropAsync(db, ct);
        await projection.Tables.CreateAsync(db, ct);
        await db.ExecuteAsync(StartAnew, ct, projection.Name, projection.Version, projection.Tables.Digest);
    }

    private static async Task<(int Version, string Digest)> FormOfAsync(IProjection projection, NpgsqlConnection db, CancellationToken ct)
    {
        await using var command = db.Command(Form, projection.Name);
        await using var row = await command.ExecuteReaderAsync(ct);
        await row.ReadAsync(ct);
        return (row.GetInt32(0), row.GetString(1));
    }

    private async Task<(CheckpointRow Row, Checkpoint Checkpoint)> TakeAsync(IProjection projection, NpgsqlConnection db, CancellationToken ct)
    {
        await using var command = db.Command(Take, projection.Name, time.GetUtcNow());
        await using var row = await command.ExecuteReaderAsync(ct);
        await row.ReadAsync(ct);
        return (new CheckpointRow(projection.Name, row.GetInt64(3)), CheckpointRow.Read(row));
    }
}
