using EventEngine.Application.Shared;
using EventEngine.Domain.Organizations;
using MediatR;

namespace EventEngine.Application.Organizations;

/// <summary>The organizations a person belongs to, the one joined first at the head.</summary>
public sealed record ListMemberships(Guid PersonId) : IRequest<Answer<IReadOnlyList<Membership>>>;

public sealed record Membership(OrganizationId Organization, string Name, string Slug, Plan Plan, Role Role, DateTimeOffset JoinedAt);
