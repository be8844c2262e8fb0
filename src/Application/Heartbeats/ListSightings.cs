using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using MediatR;

namespace EventEngine.Application.Heartbeats;

/// <summary>When each app of an organization was last heard of; apps that never reported are left out.</summary>
public sealed record ListSightings(OrganizationId Organization) : IRequest<Answer<IReadOnlyDictionary<AppId, Sighting>>>
{
    internal sealed class Handler(ReadModels readModels) : IRequestHandler<ListSightings, Answer<IReadOnlyDictionary<AppId, Sighting>>>
    {
        private const string Sql = """
            select app_id, last_seen_at, usual_gap_ms, last_heartbeat_at, heartbeats, reported_name, reported_environment,
                   coalesce(gem_version, reporter_version) as gem_version, ruby_version, rails_version, uptime_seconds
            from views.app_health where app_id = any(@apps)
            """;

        public Task<Answer<IReadOnlyDictionary<AppId, Sighting>>> Handle(ListSightings query, CancellationToken ct) =>
            readModels.ForAppsOfAsync<IReadOnlyDictionary<AppId, Sighting>>(query.Organization, ProjectionNames.Heartbeats, async (db, apps) =>
                (await db.ListAsync<Row>(Sql, new { apps })).ToDictionary(row => new AppId(row.AppId), row => row.ToSighting()), ct);

        private sealed record Row(
            Guid AppId, DateTimeOffset? LastSeenAt, long? UsualGapMs, DateTimeOffset? LastHeartbeatAt, long Heartbeats,
            string? ReportedName, string? ReportedEnvironment, string? GemVersion, string? RubyVersion, string? RailsVersion, long? UptimeSeconds)
        {
            public Sighting ToSighting() => new(
                LastSeenAt, UsualGapMs is { } ms ? TimeSpan.FromMilliseconds(ms) : null, LastHeartbeatAt, Heartbeats,
                ReportedName, ReportedEnvironment, GemVersion, RubyVersion, RailsVersion, UptimeOf(UptimeSeconds));

            // A century is beyond any process: what claims more is no uptime, and would overflow a TimeSpan.
            private static TimeSpan? UptimeOf(long? seconds) => seconds is >= 0 and < 3_155_760_000 ? TimeSpan.FromSeconds(seconds.Value) : null;
        }
    }
}

/// <param name="GemVersion">As heartbeats say; of an app that sends none, as its requests say.</param>
/// <param name="LastSeenAt">Last batch of entries.</param>
/// <param name="UsualGap">Mean time between batches, recent ones weighing more.</param>
public sealed record Sighting(
    DateTimeOffset? LastSeenAt,
    TimeSpan? UsualGap,
    DateTimeOffset? LastHeartbeatAt,
    long Heartbeats,
    string? ReportedName,
    string? ReportedEnvironment,
    string? GemVersion,
    string? RubyVersion,
    string? RailsVersion,
    TimeSpan? Uptime);
