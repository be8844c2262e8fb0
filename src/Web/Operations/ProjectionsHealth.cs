using EventEngine.Application.Pipeline;
using MediatR;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EventEngine.Web.Operations;

/// <summary>Unhealthy when a projection stopped, degraded when one stands still or is far behind. Traffic still comes: what is appended waits in the store.</summary>
public sealed class ProjectionsHealth(IMediator mediator, StallWatch stalls) : IHealthCheck
{
    private static readonly TimeSpan FarBehind = TimeSpan.FromSeconds(30);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var projections = (await mediator.Send(new ListProjections(), cancellationToken)).Value.Projections;
        var data = projections.ToDictionary(projection => projection.Name, Describe, StringComparer.Ordinal);
        var stopped = projections.Where(projection => string.Equals(projection.State, "stopped", StringComparison.Ordinal)).ToList();
        if (stopped.Count > 0)
        {
            var where = stopped.Select(projection => $"{projection.Name} at {projection.ErrorEvent?.Position.ToString() ?? "?"}");
            return HealthCheckResult.Unhealthy($"Stopped: {string.Join(", ", where)}. The pipeline page says why.", data: data);
        }

        if (projections.Where(projection => projection.State == "outdated").Select(projection => projection.Name).ToList() is { Count: > 0 } outdated)
            return HealthCheckResult.Degraded($"Being rebuilt for a new version: {string.Join(", ", outdated)}. Nothing is lost.", data: data);
        if (stalls.Stalls is { Count: > 0 } still) return HealthCheckResult.Degraded($"{string.Join(", ", still)}. Nothing is lost.", data: data);
        return projections.Any(projection => projection.LagMs > FarBehind.TotalMilliseconds)
            ? HealthCheckResult.Degraded($"More than {FarBehind.TotalSeconds} s behind.", data: data)
            : HealthCheckResult.Healthy(SayParked(projections), data);
    }

    // Deliberate, and perhaps for good: it is said, but makes nothing unhealthy.
    private static string? SayParked(IReadOnlyList<ProjectionRow> projections)
    {
        var parked = projections.Where(projection => projection.Parked > 0).Select(projection => $"{projection.Parked} by {projection.Name}").ToList();
        return parked.Count == 0 ? null : $"Parked events are passed over: {string.Join(", ", parked)}.";
    }

    private static object Describe(ProjectionRow projection) => new Dictionary<string, object?>(StringComparer.Ordinal)
    {
        ["state"] = projection.State,
        ["position"] = projection.Position?.ToString(),
        ["lag_ms"] = projection.LagMs,
        ["lag_events"] = projection.LagEvents,
        ["parked"] = projection.Parked,
    };
}
