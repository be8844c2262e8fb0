using EventEngine.Domain.Organizations;
using EventEngine.Domain.Shared;

namespace EventEngine.Domain.Apps;

// Storage format, version with care. Key material never enters the store: an issued key is named by id, prefix and last four characters.

[FactType("AppRegistered.v1")]
public sealed record AppRegistered(DateTimeOffset At, OrganizationId OrganizationId, string Name, string Environment) : IFact;

[FactType("ApiKeyIssued.v1")]
public sealed record ApiKeyIssued(DateTimeOffset At, Guid KeyId, string Prefix, string LastFour) : IFact;

[FactType("ApiKeyRevoked.v1")]
public sealed record ApiKeyRevoked(DateTimeOffset At, Guid KeyId) : IFact;
