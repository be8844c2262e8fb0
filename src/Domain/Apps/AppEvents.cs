using System.Collections.Immutable;
using EventEngine.Domain.Organizations;
using EventEngine.Domain.Shared;

namespace EventEngine.Domain.Apps;

// Storage format, version with care. Key material never enters the store: an issued key is named by id, prefix and last four characters.

[FactType("AppRegistered.v1")]
public sealed record AppRegistered(DateTimeOffset At, OrganizationId OrganizationId, string Name, string Environment) : IFact;

[FactType("AppRenamed.v1")]
public sealed record AppRenamed(DateTimeOffset At, string Name, string Environment) : IFact;

/// <summary>Where payloads are fetched and retries are asked for; null: nowhere any more.</summary>
[FactType("CallbackConfigured.v1")]
public sealed record CallbackConfigured(DateTimeOffset At, string? Url) : IFact;

/// <summary>After how many minutes an event that was neither published nor dead-lettered is overdue.</summary>
[FactType("InFlightLimitSet.v1")]
public sealed record InFlightLimitSet(DateTimeOffset At, int Minutes) : IFact;

[FactType("AppDeleted.v1")]
public sealed record AppDeleted(DateTimeOffset At) : IFact;

/// <summary>What a deleted app reported is gone from the store. The months that it had used of the plan stay, as the quota counted them.</summary>
[FactType("AppErased.v1")]
public sealed record AppErased(DateTimeOffset At, ImmutableArray<MonthOfUse> Usage) : IFact;

[FactType("ApiKeyIssued.v1")]
public sealed record ApiKeyIssued(DateTimeOffset At, Guid KeyId, string Prefix, string LastFour) : IFact;

[FactType("ApiKeyRevoked.v1")]
public sealed record ApiKeyRevoked(DateTimeOffset At, Guid KeyId) : IFact;

/// <param name="Month">Its first day.</param>
/// <param name="Events">Distinct events first received in it.</param>
public readonly record struct MonthOfUse(DateOnly Month, long Events);
