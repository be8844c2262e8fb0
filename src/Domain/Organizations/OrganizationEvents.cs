using EventEngine.Domain.Shared;

namespace EventEngine.Domain.Organizations;

// Storage format, version with care. People are named by id only, so that a person can be erased.

[FactType("OrganizationCreated.v1")]
public sealed record OrganizationCreated(DateTimeOffset At, string Name, string Slug, Plan Plan) : IFact;

[FactType("MemberJoined.v1")]
public sealed record MemberJoined(DateTimeOffset At, Guid PersonId, Role Role) : IFact;

[FactType("PlanChanged.v1")]
public sealed record PlanChanged(DateTimeOffset At, Plan Plan) : IFact;
