using EventEngine.Application.EventStore;
using EventEngine.Application.Pipeline;
using Npgsql;

namespace EventEngine.Infrastructure.Pipeline;

/// <summary>The table <c>app.parked_events</c>, and the row by which a stopped projection hears that it may go on.</summary>
public sealed class ParkedEvents(NpgsqlDataSource dataSource, IRebuilds rebuilds) : IParkedEvents
{
    // A new version that stops while it is built is stopped as well, whether its old tables stand still or are followed by an older worker.
    private const string Stand = """
        select c.state, case c.state when 'stopped' then c.error else r.error end, (case c.state when 'stopped' then c.error_event else r.error_event end)::text
        from views.checkpoints c
        left join lateral (select * from app.rebuilds where projection = c.projection order by requested_at desc limit 1) r on r.state = 'failed'
        where c.projection = $1 and (c.state in ('stopped', 'outdated') or r.kind = 'upgrade') for update of c
        """;

    private const string GoOn = """
        update views.checkpoints set state = 'running', error = null, error_position = null, error_event = null, updated_at = clock_timestamp()
        where projection = $1 and state = 'stopped'
        """;

    // The newest thing that happened; or the tables stand still, and nothing did.
    private const string Unmade = """
        select coalesce(r.version, c.program_version) from views.checkpoints c
        left join lateral (select * from app.rebuilds where projection = c.projection order by requested_at desc limit 1) r on r.kind = 'upgrade'
        where c.projection = $1 and (c.state = 'outdated' or r.state in ('cancelled', 'failed'))
        """;

    private const string Park = """
        insert into app.parked_events (parked_id, projection, commit_position, prepare_position, stream, revision, event_type, event_id, error, reason, parked_by, parked_at)
        values (gen_random_uuid(), $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, clock_timestamp()) on conflict do nothing
        """;

    private const string Select = """
        select projection, commit_position, prepare_position, stream, revision, event_type, event_id, error, reason, parked_by, parked_at, unparked_by, unparked_at
        from app.parked_events order by unparked_at is not null, parked_at desc
        """;

    public async Task<bool> ParkAsync(string projection, StorePosition position, string reason, string by, CancellationToken ct)
    {
        await using var db = await dataSource.OpenConnectionAsync(ct);
        await using var transaction = await db.BeginTransactionAsync(ct);
        var (state, error, poison) = await StandAsync(db, projection, ct);
        if (poison is null || poison.Position != position) return false;
        await using var park = Command(
            db, Park, projection, position.Commit, position.Prepare, poison.Stream, poison.Revision, poison.Type, poison.Id, error ?? "", reason, by);
        await park.ExecuteNonQueryAsync(ct);
        await using var goOn = Command(db, GoOn, projection);
        await goOn.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
        if (state != "stopped") await TryUpgradeAsync(projection, by, ct);
        return true;
    }

    public async Task<bool> RetryAsync(string projection, string by, CancellationToken ct)
    {
        await using var db = await dataSource.OpenConnectionAsync(ct);
        await using var goOn = Command(db, GoOn, projection);
        return await goOn.ExecuteNonQueryAsync(ct) > 0 || await TryUpgradeAsync(projection, by, ct);
    }

    public async Task<List<ParkedEvent>> ListAsync(CancellationToken ct)
    {
        await using var command = dataSource.CreateCommand(Select);
        await using var row = await command.ExecuteReaderAsync(ct);
        var events = new List<ParkedEvent>();
        while (await row.ReadAsync(ct)) events.Add(Read(row));
        return events;
    }

    public async Task<List<ParkedEvent>> FindAsync(string projection, IReadOnlyCollection<StorePosition> positions, CancellationToken ct) =>
        (await ListAsync(ct)).FindAll(parked => parked.IsParked && parked.Projection == projection && positions.Contains(parked.Position));

    private static async Task<(string? State, string? Error, PoisonEvent? Event)> StandAsync(NpgsqlConnection db, string projection, CancellationToken ct)
    {
        await using var command = Command(db, Stand, projection);
        await using var row = await command.ExecuteReaderAsync(ct);
        if (!await row.ReadAsync(ct)) return (null, null, null);
        return (row.GetString(0), row.IsDBNull(1) ? null : row.GetString(1), PoisonEvent.Parse(row.IsDBNull(2) ? null : row.GetString(2)));
    }

    /// <summary>Builds a new version once more, if there is one that was not made.</summary>
    private async Task<bool> TryUpgradeAsync(string projection, string by, CancellationToken ct)
    {
        await using var unmade = dataSource.CreateCommand(Unmade);
        unmade.Parameters.Add(new NpgsqlParameter { Value = projection });
        return await unmade.ExecuteScalarAsync(ct) is int version && (await rebuilds.RequestAsync(RebuildRequest.ToUpgrade(projection, version), by, ct)).IsNew;
    }

    private static ParkedEvent Read(NpgsqlDataReader row)
    {
        var poison = new PoisonEvent(new StorePosition(row.GetInt64(1), row.GetInt64(2)), row.GetString(3), row.GetInt64(4), row.GetString(5), row.GetGuid(6));
        return new ParkedEvent(
            row.GetString(0), poison, row.GetString(7), row.GetString(8), row.GetString(9), row.GetFieldValue<DateTimeOffset>(10),
            row.IsDBNull(11) ? null : row.GetString(11), row.IsDBNull(12) ? null : row.GetFieldValue<DateTimeOffset>(12));
    }

    private static NpgsqlCommand Command(NpgsqlConnection db, string sql, params object[] values)
    {
        var command = new NpgsqlCommand(sql, db);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }
}
