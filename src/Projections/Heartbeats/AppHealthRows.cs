using Dapper;
using Npgsql;

namespace EventEngine.Projections.Heartbeats;

internal static class AppHealthRows
{
    private const string Load = """
        select app_id, last_seen_at, usual_gap_ms, last_heartbeat_at, heartbeats, reported_name, reported_environment,
               gem_version, reporter_version, ruby_version, rails_version, uptime_seconds
        from app_health where app_id = any(@apps)
        """;

    private const string Save = """
        insert into app_health (app_id, last_seen_at, usual_gap_ms, last_heartbeat_at, heartbeats, reported_name, reported_environment,
                                gem_version, reporter_version, ruby_version, rails_version, uptime_seconds)
        values (@App, @LastSeenAt, @UsualGapMs, @LastHeartbeatAt, @Heartbeats, @ReportedName, @ReportedEnvironment,
                @GemVersion, @ReporterVersion, @RubyVersion, @RailsVersion, @UptimeSeconds)
        on conflict (app_id) do update set
            last_seen_at = excluded.last_seen_at, usual_gap_ms = excluded.usual_gap_ms,
            last_heartbeat_at = excluded.last_heartbeat_at, heartbeats = excluded.heartbeats, reported_name = excluded.reported_name,
            reported_environment = excluded.reported_environment, gem_version = excluded.gem_version, reporter_version = excluded.reporter_version, ruby_version = excluded.ruby_version,
            rails_version = excluded.rails_version, uptime_seconds = excluded.uptime_seconds
        """;

    public static async Task<Dictionary<Guid, AppHealthRow>> LoadAsync(NpgsqlConnection db, IEnumerable<Guid> apps, CancellationToken ct)
    {
        var rows = new Dictionary<Guid, AppHealthRow>();
        await using var command = new NpgsqlCommand(Load, db) { Parameters = { new("apps", apps.ToArray()) } };
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) rows[reader.GetGuid(0)] = Read(reader);
        return rows;
    }

    public static async Task DeleteAsync(NpgsqlConnection db, IReadOnlyCollection<Guid> apps, CancellationToken ct)
    {
        if (apps.Count > 0) await db.ExecuteAsync(new CommandDefinition("delete from app_health where app_id = any(@apps)", new { apps = apps.ToArray() }, cancellationToken: ct));
    }

    public static async Task SaveAsync(NpgsqlConnection db, IEnumerable<AppHealthRow> rows, CancellationToken ct)
    {
        foreach (var row in rows) await db.ExecuteAsync(new CommandDefinition(Save, row, cancellationToken: ct));
    }

    private static AppHealthRow Read(NpgsqlDataReader row) => new(row.GetGuid(0))
    {
        LastSeenAt = Time(row, 1),
        UsualGapMs = Number(row, 2),
        LastHeartbeatAt = Time(row, 3),
        Heartbeats = row.GetInt64(4),
        ReportedName = Text(row, 5),
        ReportedEnvironment = Text(row, 6),
        GemVersion = Text(row, 7),
        ReporterVersion = Text(row, 8),
        RubyVersion = Text(row, 9),
        RailsVersion = Text(row, 10),
        UptimeSeconds = Number(row, 11),
    };

    private static DateTimeOffset? Time(NpgsqlDataReader row, int at) => row.IsDBNull(at) ? null : row.GetFieldValue<DateTimeOffset>(at);

    private static long? Number(NpgsqlDataReader row, int at) => row.IsDBNull(at) ? null : row.GetInt64(at);

    private static string? Text(NpgsqlDataReader row, int at) => row.IsDBNull(at) ? null : row.GetString(at);
}
