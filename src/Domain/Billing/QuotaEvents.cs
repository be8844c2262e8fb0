using EventEngine.Domain.Shared;

namespace EventEngine.Domain.Billing;

// Storage format, version with care.

/// <summary>Somebody took it on to tell the organization that its month's events reached a share of the plan's.</summary>
[FactType("QuotaWarned.v1")]
public sealed record QuotaWarned(DateTimeOffset At, int Percent, long Used, long Limit) : IFact;

/// <summary>The mails of a warning wait in the queue, which loses none.</summary>
[FactType("QuotaWarningQueued.v1")]
public sealed record QuotaWarningQueued(DateTimeOffset At, int Percent, long Limit) : IFact;
