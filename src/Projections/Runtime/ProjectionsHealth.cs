using EventEngine.Application.Shared;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EventEngine.Projections.Runtime;

/// <summary>Unhealthy when a projection has stopped, degraded while one waits for the database; the lag of each beside it.</summary>
public sealed class ProjectionsHealth(ProjectionEngine engine, IStoreHead head) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var statuses = engine.Statuses;
        var data = statuses.ToDictionary(status => status.Name, Describe);
        var stopped = statuses.FirstOrDefault(status => status.State == ProjectionState.Stopped);
        if (stopped is not null)
            return Task.FromResult(HealthCheckResult.Unhealthy($"{stopped.Name} stopped at {stopped.ErrorPosition}: {stopped.Error}", data: data));
        return Task.FromResult(statuses.Any(status => status.State == ProjectionState.Waiting)
            ? HealthCheckResult.Degraded("The database can't be written now.", data: data)
            : HealthCheckResult.Healthy(data: data));
    }

    private object Describe(ProjectionStatus status) => new
    {
        state = status.State.ToString().ToLowerInvariant(),
        position = status.Position?.ToString(),
        lag_ms = (long)head.LagBehind(status.Position).TotalMilliseconds,
    };
}
