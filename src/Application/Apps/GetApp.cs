using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using MediatR;

namespace EventEngine.Application.Apps;

/// <summary>One app, with what it last said of itself.</summary>
/// <exception cref="NotFoundException">The organization has no such app.</exception>
public sealed record GetApp(OrganizationId Organization, AppId App) : IRequest<Answer<AppDetail>>;

/// <param name="OldestInFlightAt">Own time of the oldest event that is neither published nor dead.</param>
/// <param name="Overdue">Events in flight for more than 5 minutes; counting stops at 1,000.</param>
/// <param name="Uptime">Of the process that sent the last heartbeat.</param>
public sealed record AppDetail(
    AppId Id,
    string Name,
    string Environment,
    AppHealth Health,
    DateTimeOffset RegisteredAt,
    DateTimeOffset? FirstSeenAt,
    DateTimeOffset? LastSeenAt,
    DateTimeOffset? LastHeartbeatAt,
    DateTimeOffset? OldestInFlightAt,
    int Overdue,
    string? GemVersion,
    string? RubyVersion,
    string? RailsVersion,
    TimeSpan? Uptime);
