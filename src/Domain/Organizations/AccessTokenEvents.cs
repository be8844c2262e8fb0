using System.Collections.Immutable;
using EventEngine.Domain.Shared;

namespace EventEngine.Domain.Organizations;

// Storage format, version with care. The token itself, and its digest, never enter the store.

[FactType("AccessTokenIssued.v1")]
public sealed record AccessTokenIssued(DateTimeOffset At, Guid TokenId, string Name, ImmutableArray<Permission> Scopes, DateTimeOffset? ExpiresAt) : IFact;

[FactType("AccessTokenRevoked.v1")]
public sealed record AccessTokenRevoked(DateTimeOffset At, Guid TokenId) : IFact;
