using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using MediatR;

namespace EventEngine.Application.Entries;

/// <summary>Stored transitions per bucket, by the entries' own time. Step: 1m, 5m, 1h, 1d; null: the finest giving at most 300 points.</summary>
public sealed record GetThroughput(
    OrganizationId Organization, AppId App, DateTimeOffset? From = null, DateTimeOffset? To = null, string? Step = null, string? EventName = null)
    : IRequest<Answer<Throughput>>;

/// <summary>Every bucket of the range is there, in order; empty ones are 0.</summary>
public sealed record Throughput(DateTimeOffset From, DateTimeOffset To, string Step, IReadOnlyList<ThroughputPoint> Points);

/// <param name="At">Start of the bucket, aligned to the step in UTC.</param>
/// <param name="Events">Distinct events whose own time is in the bucket.</param>
public sealed record ThroughputPoint(DateTimeOffset At, long Events, long Emitted, long Published, long DeadLettered);
