using EventEngine.Application.EventStore;
using EventEngine.Application.Pipeline;
using Npgsql;

namespace EventEngine.Projections.Runtime.Leading;

/// <summary>
/// The one row of a projection in the <c>checkpoints</c> of its schema. Every change names the epoch under which this worker took the lead;
/// once another has raised it, nothing of this worker can be committed any more.
/// </summary>
internal sealed class CheckpointRow(string projection, long epoch)
{
    private const long Nowhere = -1;

    private const string Load = "select commit_position, prepare_position, applied from checkpoints where projection = $1 and epoch = $2";

    private const string Advance = """
        update checkpoints set commit_position = $3, prepare_position = $4, applied = applied + $5, event_at = coalesce($6, event_at), updated_at = $7, renewed_at = clock_timestamp()
        where projection = $1 and epoch = $2 and (commit_position, prepare_position) = ($8, $9)
        """;

    private const string Stop = """
        update checkpoints set state = 'stopped', error = $3, error_position = $4, error_event = $5::jsonb, updated_at = $6 where projection = $1 and epoch = $2
        """;

    /// <exception cref="SupersededException">Another worker has taken over.</exception>
    public async Task<Checkpoint> LoadAsync(NpgsqlConnection db, CancellationToken ct)
    {
        await using var command = db.Command(Load, projection, epoch);
        await using var row = await command.ExecuteReaderAsync(ct);
        if (!await row.ReadAsync(ct)) throw new SupersededException(projection);
        return Read(row);
    }

    /// <param name="from">Where it stands: a crash of the database may have undone what was committed last, and then nothing may be built on it.</param>
    /// <exception cref="SupersededException">Another worker has taken over, or it stands elsewhere.</exception>
    public async Task AdvanceAsync(NpgsqlConnection db, StorePosition? from, StorePosition to, int applied, DateTimeOffset? eventAt, DateTimeOffset now, CancellationToken ct)
    {
        var at = new NpgsqlParameter<DateTimeOffset?> { TypedValue = eventAt?.ToUniversalTime(), NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.TimestampTz };
        await using var command = db.Command(Advance, projection, epoch, to.Commit, to.Prepare, (long)applied);
        command.Parameters.Add(at);
        command.Parameters.Add(new NpgsqlParameter { Value = now.ToUniversalTime() });
        command.Parameters.Add(new NpgsqlParameter { Value = from?.Commit ?? Nowhere });
        command.Parameters.Add(new NpgsqlParameter { Value = from?.Prepare ?? Nowhere });
        if (await command.ExecuteNonQueryAsync(ct) == 0) throw new SupersededException(projection);
    }

    /// <summary>What the tables lack, for as long as they stand.</summary>
    public Task SkipAsync(NpgsqlConnection db, Guid[] events, CancellationToken ct) =>
        db.ExecuteAsync("update checkpoints set skipped = skipped || $3 where projection = $1 and epoch = $2", ct, projection, epoch, events);

    /// <exception cref="SupersededException">Another worker has taken over.</exception>
    public async Task StopAsync(NpgsqlConnection db, string error, PoisonEvent at, DateTimeOffset now, CancellationToken ct)
    {
        if (await db.ExecuteAsync(Stop, ct, projection, epoch, error, at.Position.ToString(), at.ToJson(), now.ToUniversalTime()) == 0)
            throw new SupersededException(projection);
    }

    internal static Checkpoint Read(NpgsqlDataReader row)
    {
        var commit = row.GetInt64(0);
        return new Checkpoint(commit < 0 ? null : new StorePosition(commit, row.GetInt64(1)), row.GetInt64(2));
    }
}

/// <summary>Another worker leads this projection now, or its checkpoint is not where this one left it: whoever may begins again from there.</summary>
public sealed class SupersededException(string projection) : Exception($"Another worker leads the projection {projection} now, or a crash undid its last commits.");
