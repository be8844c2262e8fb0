using EventEngine.Domain.Shared;

namespace EventEngine.Domain.Schemas;

// Storage format, version with care.

[FactType("SchemaFingerprintSeen.v1")]
public sealed record SchemaFingerprintSeen(DateTimeOffset At, string EventName, string Fingerprint) : IFact;
