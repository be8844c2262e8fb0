using EventEngine.Domain.Apps;
using EventEngine.Domain.Shared;

namespace EventEngine.Domain.Organizations;

// Storage format, version with care. People are named by id only, so that a person can be erased; who did it stands in the metadata.

[FactType("OrganizationCreated.v1")]
public sealed record OrganizationCreated(DateTimeOffset At, string Name, string Slug, Plan Plan) : IFact;

[FactType("OrganizationRenamed.v1")]
public sealed record OrganizationRenamed(DateTimeOffset At, string Name) : IFact;

/// <summary>By the operator: the reason is shown to the organization's people.</summary>
[FactType("OrganizationDisabled.v1")]
public sealed record OrganizationDisabled(DateTimeOffset At, string? Reason) : IFact;

[FactType("OrganizationEnabled.v1")]
public sealed record OrganizationEnabled(DateTimeOffset At) : IFact;

[FactType("PlanChanged.v1")]
public sealed record PlanChanged(DateTimeOffset At, Plan Plan) : IFact;

/// <summary>The organization's place for an app is taken: what its plan counts. The app's own life is told by its own stream.</summary>
[FactType("AppAdded.v1")]
public sealed record AppAdded(DateTimeOffset At, AppId AppId) : IFact;

[FactType("AppRemoved.v1")]
public sealed record AppRemoved(DateTimeOffset At, AppId AppId) : IFact;

/// <summary>The only fact of a slug's own stream: names in addresses are unique among organizations.</summary>
[FactType("SlugClaimed.v1")]
public sealed record SlugClaimed(DateTimeOffset At, OrganizationId OrganizationId) : IFact;
