using EventEngine.Application.Shared;
using EventEngine.Domain.Organizations;
using MediatR;

namespace EventEngine.Application.Schemas;

/// <summary>What is known of one event name across an organization.</summary>
/// <exception cref="NotFoundException">No app of the organization reported a schema of that name.</exception>
public sealed record GetSchema(OrganizationId Organization, string EventName) : IRequest<Answer<SchemaRow>>;
