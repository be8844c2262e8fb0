namespace EventEngine.Application.EventStore;

/// <summary>What travels beside a fact: which request it came from, what caused it, and who did it.</summary>
public sealed record FactMetadata(string? CorrelationId = null, string? CausationId = null, Guid? PersonId = null, Guid? TokenId = null, string? ReporterVersion = null, Guid? KeyId = null);
