using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using MediatR;

namespace EventEngine.Application.Heartbeats;

/// <summary>When each app of an organization was last heard of; apps that never reported are left out.</summary>
public sealed record ListSightings(OrganizationId Organization) : IRequest<Answer<IReadOnlyDictionary<AppId, Sighting>>>;

/// <param name="LastSeenAt">Last batch of entries.</param>
/// <param name="UsualGap">Mean time between batches, recent ones weighing more.</param>
public sealed record Sighting(
    DateTimeOffset FirstSeenAt,
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
