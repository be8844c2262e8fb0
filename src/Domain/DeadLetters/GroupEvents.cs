using EventEngine.Domain.Shared;

namespace EventEngine.Domain.DeadLetters;

// Storage format, version with care. A group is named by its fingerprint; by whom: a person's id, null for a token or the operator.

[FactType("ErrorGroupResolved.v1")]
public sealed record ErrorGroupResolved(DateTimeOffset At, string Fingerprint, Guid? By) : IFact;

/// <param name="Until">Null: no time ends it.</param>
/// <param name="More">So many further deaths end it; null: no number does.</param>
[FactType("ErrorGroupIgnored.v1")]
public sealed record ErrorGroupIgnored(DateTimeOffset At, string Fingerprint, Guid? By, DateTimeOffset? Until = null, int? More = null) : IFact;

[FactType("ErrorGroupReopened.v1")]
public sealed record ErrorGroupReopened(DateTimeOffset At, string Fingerprint, Guid? By) : IFact;
