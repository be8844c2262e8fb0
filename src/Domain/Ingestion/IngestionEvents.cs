using EventEngine.Domain.Entries;
using EventEngine.Domain.Shared;

namespace EventEngine.Domain.Ingestion;

// Storage format, version with care. One request is one atomic append, led by its own BatchReceived.

/// <summary>How many entries a request carried, rejected ones included: one side of the ledger.</summary>
[FactType("BatchReceived.v1")]
public sealed record BatchReceived(DateTimeOffset At, int Count, string? ReporterVersion) : IFact;

/// <summary>
/// One transition of one event, as reported. Times are as the reporter gave them, offset included;
/// <see cref="ErrorMessageLength"/> is the length of the message, in characters, before it was cut.
/// </summary>
[FactType("EntryReported.v1")]
public sealed record EntryReported(
    DateTimeOffset At,
    string EventId,
    string EventName,
    EntryStatus Status,
    DateTimeOffset Timestamp,
    string? EventType = null,
    int? EventVersion = null,
    string? IdempotencyKey = null,
    string? AggregateType = null,
    string? AggregateId = null,
    long? AggregateVersion = null,
    int? Attempts = null,
    double? LatencyMs = null,
    DateTimeOffset? OccurredAt = null,
    DateTimeOffset? PublishedAt = null,
    DateTimeOffset? DeadLetteredAt = null,
    string? ErrorClass = null,
    string? ErrorMessage = null,
    int? ErrorMessageLength = null,
    bool ErrorTextRepaired = false) : IFact;

/// <summary>What validation turned down, and why. Never carries a payload; id and name only where they were themselves acceptable.</summary>
[FactType("EntryRejected.v1")]
public sealed record EntryRejected(DateTimeOffset At, int Index, string Reason, string? EventId = null, string? EventName = null) : IFact;

/// <summary>Entries turned away by quota, counted per minute: they are received and refused at once.</summary>
[FactType("EntriesRefused.v1")]
public sealed record EntriesRefused(DateTimeOffset At, int Count, string Reason) : IFact;
