using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using MediatR;

namespace EventEngine.Application.Entries;

/// <summary>Publish latency percentiles per bucket and of the whole range, exact to 1 %, by merging sketches: never averages of percentiles.</summary>
public sealed record GetLatency(
    OrganizationId Organization, AppId App, DateTimeOffset? From = null, DateTimeOffset? To = null, string? Step = null, string? EventName = null)
    : IRequest<Answer<Latency>>;

public sealed record Latency(
    DateTimeOffset From, DateTimeOffset To, string Step, IReadOnlyList<LatencyPoint> Points, LatencyWindow Window);

/// <summary>Percentiles are null in an empty bucket.</summary>
public sealed record LatencyPoint(DateTimeOffset At, long Count, double? P50Ms, double? P95Ms, double? P99Ms);

public sealed record LatencyWindow(long Count, double? AvgMs, double? P50Ms, double? P95Ms, double? P99Ms);
