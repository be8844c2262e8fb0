using EventEngine.Application.Mail;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EventEngine.Web.Mail;

/// <summary>Degraded when letters wait for long, or were given up in the last 30 days. Traffic still comes.</summary>
public sealed class MailHealth(IMailStore mails, IEmailSender sender, TimeProvider time) : IHealthCheck
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(15);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var backlog = await mails.CountAsync(cancellationToken);
        var data = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["configured"] = sender.IsConfigured,
            ["waiting"] = backlog.Waiting,
            ["given_up"] = backlog.GivenUp,
        };
        if (!sender.IsConfigured) return HealthCheckResult.Healthy("No mail server is set.", data);
        if (backlog.GivenUp > 0) return HealthCheckResult.Degraded($"{backlog.GivenUp} mails were given up; the log says why.", data: data);
        return backlog.OldestQueuedAt < time.GetUtcNow() - Long
            ? HealthCheckResult.Degraded($"Mails wait since {backlog.OldestQueuedAt:O}.", data: data)
            : HealthCheckResult.Healthy(data: data);
    }
}
