using EventEngine.Application.Mail;
using EventEngine.Web.People;
using Npgsql;

namespace EventEngine.Web.Mail;

/// <summary>Delivers letters while the host runs: at once when this process queues one, every few seconds for the rest.</summary>
public sealed class MailDeliveryService(
    MailDelivery delivery, MailSignal signal, IEmailSender sender, MailOrigin origin, TimeProvider time, ILogger<MailDeliveryService> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ExpiryInterval = TimeSpan.FromHours(1);
    private DateTimeOffset _nextExpiry;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (sender.IsConfigured && !origin.IsKnown)
            log.LogWarning("Set EventEngine__PublicUrl (or AllowedHosts): until then no mail with a link leaves for requests from other machines");
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                await DeliverAsync(stoppingToken);
                await signal.WaitAsync(Interval, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private async Task DeliverAsync(CancellationToken ct)
    {
        try
        {
            await delivery.DeliverAsync(ct);
            if (time.GetUtcNow() < _nextExpiry) return;
            await delivery.ExpireAsync(ct);
            _nextExpiry = time.GetUtcNow() + ExpiryInterval;
        }
        catch (NpgsqlException e)
        {
            log.LogWarning(e, "The database does not answer: mails wait");
        }
    }
}
