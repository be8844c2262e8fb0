using EventEngine.Domain.Shared;

namespace EventEngine.Domain.Schemas;

// Storage format, version with care.

[FactType("SchemaFingerprintSeen.v1")]
public sealed record SchemaFingerprintSeen(DateTimeOffset At, string EventName, string Fingerprint) : IFact;

/// <param name="ReportedFingerprint">As the reporter computed it; null when it said none. Ours is computed from the definition.</param>
[FactType("SchemaDefinitionReported.v1")]
public sealed record SchemaDefinitionReported(DateTimeOffset At, SchemaDefinition Definition, string? ReportedFingerprint, DefinitionSource Source) : IFact;

/// <summary>Told by people, on the stream of the app.</summary>
/// <param name="EventName">Null: of all events of the app that have no mode of their own.</param>
/// <param name="Mode">Null: that of the app for an event, the default for an app.</param>
[FactType("CompatibilityModeChanged.v1")]
public sealed record CompatibilityModeChanged(DateTimeOffset At, string? EventName, CompatibilityMode? Mode) : IFact;

/// <summary>How a definition came to us.</summary>
public enum DefinitionSource
{
    Heartbeat,
    Upload,
}
