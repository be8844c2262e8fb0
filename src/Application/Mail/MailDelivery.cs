using Microsoft.Extensions.Logging;

namespace EventEngine.Application.Mail;

/// <summary>
/// Sends what is due. A letter that is not taken is tried again after 30 s, then after twice as long each time up to an hour, for three
/// days; a crash between sending and forgetting sends it twice, never not at all.
/// </summary>
public sealed class MailDelivery(IMailStore mails, IEmailSender sender, TimeProvider time, ILogger<MailDelivery> log)
{
    public static readonly TimeSpan Patience = TimeSpan.FromDays(3);
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);
    private static readonly TimeSpan Memory = TimeSpan.FromDays(30);

    /// <summary>Until nothing is due.</summary>
    public async Task DeliverAsync(CancellationToken ct)
    {
        while (sender.IsConfigured && await mails.ClaimAsync(time.GetUtcNow(), Lease, ct) is { } mail) await DeliverAsync(mail, ct);
    }

    /// <summary>Gives up what has waited too long: without a mail server, links in it have long ended.</summary>
    public async Task ExpireAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var expired = await mails.ExpireAsync(now - Patience, now - Memory, now, ct);
        if (expired > 0) log.LogError("Gave up {Count} mails that could not be sent for {Days} days", expired, Patience.TotalDays);
    }

    private async Task DeliverAsync(DueMail mail, CancellationToken ct)
    {
        try
        {
            if (mail.Letter is null) throw new MailRefusedException("The key that opens it is gone.");
            await sender.SendAsync(mail.Id, mail.Letter, ct);
            await mails.SentAsync(mail.Id, ct);
            log.LogInformation("Sent mail {Mail}", mail.Id);
        }
        catch (MailRefusedException e)
        {
            await GiveUpAsync(mail, e.Message, ct);
        }
        catch (MailServerException e) when (time.GetUtcNow() - mail.QueuedAt > Patience)
        {
            await GiveUpAsync(mail, e.Message, ct);
        }
        catch (MailServerException e)
        {
            var wait = WaitAfter(mail.Attempts);
            log.LogWarning("Mail {Mail} was not taken at attempt {Attempt}, next in {Wait}: {Error}", mail.Id, mail.Attempts, wait, e.Message);
            await mails.PostponeAsync(mail.Id, time.GetUtcNow() + wait, e.Message, ct);
        }
    }

    private async Task GiveUpAsync(DueMail mail, string error, CancellationToken ct)
    {
        log.LogError("Gave up mail {Mail} after {Attempts} attempts: {Error}", mail.Id, mail.Attempts, error);
        await mails.GiveUpAsync(mail.Id, time.GetUtcNow(), error, ct);
    }

    private static TimeSpan WaitAfter(int attempts)
    {
        var doubled = FirstWait * Math.Pow(2, Math.Min(attempts - 1, 10));
        return doubled < LongestWait ? doubled : LongestWait;
    }
}
