using EventEngine.Application.Shared;
using EventEngine.Domain.Organizations;
using MediatR;

namespace EventEngine.Application.Organizations;

/// <exception cref="NotFoundException">There is no such organization.</exception>
public sealed record GetOrganization(OrganizationId Organization) : IRequest<Answer<OrganizationDetail>>;

public sealed record OrganizationDetail(OrganizationId Id, string Name, string Slug, Plan Plan, DateTimeOffset CreatedAt, int Members);
