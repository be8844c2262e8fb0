using EventEngine.Domain.Shared;

namespace EventEngine.Domain.Heartbeats;

// Storage format, version with care.

[FactType("HeartbeatReceived.v1")]
public sealed record HeartbeatReceived(
    DateTimeOffset At,
    string? AppName,
    string? Environment,
    string? GemVersion,
    string? RubyVersion,
    string? RailsVersion,
    long? UptimeSeconds) : IFact;
