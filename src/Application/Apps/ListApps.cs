using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using MediatR;

namespace EventEngine.Application.Apps;

/// <summary>The apps of an organization with their health, by name and environment.</summary>
public sealed record ListApps(OrganizationId Organization) : IRequest<Answer<IReadOnlyList<AppRow>>>;

public sealed record AppRow(
    AppId Id, string Name, string Environment, AppHealth Health, DateTimeOffset? LastSeenAt, DateTimeOffset? LastHeartbeatAt, string? GemVersion);
