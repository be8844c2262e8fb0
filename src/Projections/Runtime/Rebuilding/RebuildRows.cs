using EventEngine.Application.EventStore;
using EventEngine.Application.Pipeline;
using EventEngine.Projections.Runtime.Leading;
using Npgsql;

namespace EventEngine.Projections.Runtime.Rebuilding;

/// <summary>A request that is not finished.</summary>
/// <param name="Version">That an upgrade is to make.</param>
/// <param name="TablesVersion">Of the live tables.</param>
internal sealed record OpenRebuild(Guid Id, string Projection, RebuildKind Kind, bool Keep, bool AcceptDifferences, bool HasStarted, Guid[] Unparks, string RequestedBy, bool IsCancelled, int? Version, int TablesVersion)
{
    /// <summary>What is asked is for the leader; but an upgrade is for any newer worker, whoever leads.</summary>
    public bool IsFor(ProjectionPost post) => Kind == RebuildKind.Upgrade ? post.IsOutdated || TablesVersion < post.Projection.Version : post.Lease is not null;

    /// <summary>Nobody may be left for whom an upgrade is: the leader can still end one that is not wanted any more.</summary>
    public bool MayBeEndedBy(ProjectionPost post) => post.Lease is not null && (IsCancelled || (Kind == RebuildKind.Upgrade && Version <= TablesVersion));
}

/// <summary>The table <c>app.rebuilds</c> as those see it who carry the requests out.</summary>
internal sealed class RebuildRows(NpgsqlDataSource dataSource)
{
    private const string Open = """
        select rebuild_id, projection, kind, keep, accept_differences, started_at is not null, unparks, requested_by, cancelled_by is not null, version,
               coalesce((select version from views.checkpoints c where c.projection = r.projection), 0)
        from app.rebuilds r where finished_at is null and projection = any($1) order by requested_at
        """;

    private const string Start = """
        update app.rebuilds set state = 'building', worker = $2, version = $3, started_at = coalesce(started_at, clock_timestamp()) where rebuild_id = $1
        """;

    private const string Progress = """
        update app.rebuilds set position = $2, head = $3, applied = $4, per_second = $5, seconds_left = $6 where rebuild_id = $1 returning cancelled_by is not null
        """;

    private const string Finish = """
        update app.rebuilds set state = $2, report = coalesce($3::jsonb, report), error = $4, applied = coalesce($5, applied), finished_at = clock_timestamp(),
               seconds_left = null
        where rebuild_id = $1
        """;

    private const string LeftVerified = """
        select coalesce((select state = 'verified' and kind = 'rebuild' and keep from app.rebuilds
                         where projection = $1 and finished_at is not null and kind <> 'verify' order by requested_at desc limit 1), false)
        """;

    public async Task<List<OpenRebuild>> OpenAsync(IEnumerable<string> projections, CancellationToken ct)
    {
        await using var db = await dataSource.OpenConnectionAsync(ct);
        await using var command = db.Command(Open, (object)projections.ToArray());
        await using var row = await command.ExecuteReaderAsync(ct);
        var open = new List<OpenRebuild>();
        while (await row.ReadAsync(ct))
        {
            var kind = Enum.Parse<RebuildKind>(row.GetString(2), ignoreCase: true);
            open.Add(new OpenRebuild(row.GetGuid(0), row.GetString(1), kind, row.GetBoolean(3), row.GetBoolean(4), row.GetBoolean(5), row.GetFieldValue<Guid[]>(6), row.GetString(7), row.GetBoolean(8), row.IsDBNull(9) ? null : row.GetInt32(9), row.GetInt32(10)));
        }

        return open;
    }

    public Task StartAsync(Guid id, string worker, int version, CancellationToken ct) => ExecuteAsync(Start, ct, id, worker, version);

    /// <exception cref="OperationCanceledException">Somebody wants it cancelled.</exception>
    public async Task StateAsync(Guid id, string state, CancellationToken ct)
    {
        await using var db = await dataSource.OpenConnectionAsync(ct);
        if (await db.AsksAsync("update app.rebuilds set state = $2 where rebuild_id = $1 returning cancelled_by is not null", ct, id, state))
            throw new OperationCanceledException("Somebody wants it cancelled.");
    }

    public Task ReportAsync(Guid id, string report, CancellationToken ct) =>
        ExecuteAsync("update app.rebuilds set report = $2::jsonb where rebuild_id = $1", ct, id, report);

    /// <returns>Whether somebody wants it cancelled.</returns>
    public async Task<bool> ProgressAsync(Guid id, StorePosition? position, StorePosition? head, long applied, double perSecond, double? left, CancellationToken ct)
    {
        await using var db = await dataSource.OpenConnectionAsync(ct);
        return await db.AsksAsync(Progress, ct, id, Text(position), Text(head), applied, perSecond, Number(left));
    }

    /// <param name="applied">Null: as it was told last, or nothing was built.</param>
    public Task FinishAsync(Guid id, string state, string? error, long? applied, CancellationToken ct) =>
        ExecuteAsync(Finish, ct, id, state, Text(null), Text(error), new NpgsqlParameter<long?> { TypedValue = applied, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Bigint });

    /// <summary>Whether the last thing that happened was a build that was verified and left beside.</summary>
    public async Task<bool> WasLeftVerifiedAsync(string projection, CancellationToken ct)
    {
        await using var db = await dataSource.OpenConnectionAsync(ct);
        return await db.AsksAsync(LeftVerified, ct, projection);
    }

    /// <summary>It ended at an event that it can't apply.</summary>
    public Task StopAsync(Guid id, PoisonEvent at, CancellationToken ct) => ExecuteAsync("update app.rebuilds set error_event = $2::jsonb where rebuild_id = $1", ct, id, at.ToJson());

    private static NpgsqlParameter Text(object? value) => new() { Value = value?.ToString() ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text };

    private static NpgsqlParameter Number(double? value) => new() { Value = value ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Double };

    private async Task ExecuteAsync(string sql, CancellationToken ct, params object[] values)
    {
        await using var db = await dataSource.OpenConnectionAsync(ct);
        await db.ExecuteAsync(sql, ct, values);
    }
}
