using EventEngine.Application.EventStore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EventEngine.Web.Operations;

public sealed class EventStoreHealth(IEventStore store) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var head = await store.ReadHeadAsync(cancellationToken);
        return HealthCheckResult.Healthy(data: new Dictionary<string, object>(StringComparer.Ordinal) { ["position"] = head?.ToString() ?? "" });
    }
}
