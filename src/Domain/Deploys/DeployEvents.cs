using EventEngine.Domain.Shared;

namespace EventEngine.Domain.Deploys;

// Storage format, version with care.

/// <param name="DeployedAt">When it happened, as reported; <paramref name="At"/> is when we heard of it.</param>
/// <param name="Revision">Of the source, such as a commit.</param>
/// <param name="Url">Where to read about it.</param>
[FactType("DeployReported.v1")]
public sealed record DeployReported(DateTimeOffset At, string Version, DateTimeOffset DeployedAt, string? Revision = null, string? Url = null) : IFact;
