using EventEngine.Domain.Shared;

namespace EventEngine.Domain.Callbacks;

/// <summary>Somebody was shown what an event carries. What that is, nobody writes down.</summary>
[FactType("PayloadViewed.v1")]
public sealed record PayloadViewed(DateTimeOffset At, string EventId) : IFact;
