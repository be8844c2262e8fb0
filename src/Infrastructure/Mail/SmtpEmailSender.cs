using System.Net;
using System.Net.Mail;
using System.Net.Mime;
using System.Text;
using EventEngine.Application.Mail;
using EventEngine.Application.Shared;
using Microsoft.Extensions.Options;

namespace EventEngine.Infrastructure.Mail;

/// <summary>By .NET's own SMTP client: STARTTLS or plain, no implicit TLS.</summary>
public sealed class SmtpEmailSender(IOptions<EventEngineOptions> options) : IEmailSender
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);
    private readonly SmtpOptions _smtp = options.Value.Smtp;

    public bool IsConfigured => _smtp.IsConfigured;

    public async Task SendAsync(Guid id, Letter letter, CancellationToken ct)
    {
        using var mail = MailOf(id, letter);
        using var client = new SmtpClient(_smtp.Host, _smtp.Port) { EnableSsl = _smtp.Tls };
        if (_smtp.User is { Length: > 0 } user) client.Credentials = new NetworkCredential(user, _smtp.Password);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Timeout);
        try
        {
            await client.SendMailAsync(mail, limit.Token);
        }
        catch (SmtpException e) when (IsFinal(e.StatusCode))
        {
            throw new MailRefusedException(Explain(e), e);
        }
        catch (SmtpException e)
        {
            throw new MailServerException(Explain(e), e);
        }
        catch (OperationCanceledException e) when (!ct.IsCancellationRequested)
        {
            throw new MailServerException($"No answer within {Timeout.TotalSeconds} s.", e);
        }
    }

    // MailMessage itself refuses line ends in addresses and subjects: nobody writes headers into our mails.
    private MailMessage MailOf(Guid id, Letter letter)
    {
        try
        {
            var from = new MailAddress(_smtp.From);
            var mail = new MailMessage(from, new MailAddress(letter.To)) { Subject = letter.Subject, SubjectEncoding = Encoding.UTF8 };
            mail.Headers["Message-ID"] = $"<{id:N}@{from.Host}>";
            mail.Headers["Auto-Submitted"] = "auto-generated";
            mail.AlternateViews.Add(AlternateView.CreateAlternateViewFromString(letter.Text, Encoding.UTF8, MediaTypeNames.Text.Plain));
            mail.AlternateViews.Add(AlternateView.CreateAlternateViewFromString(letter.Html, Encoding.UTF8, MediaTypeNames.Text.Html));
            return mail;
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            throw new MailRefusedException("Its address or subject is not fit for a mail.", e);
        }
    }

    private static bool IsFinal(SmtpStatusCode status) =>
        status is SmtpStatusCode.MailboxUnavailable or SmtpStatusCode.MailboxNameNotAllowed or SmtpStatusCode.UserNotLocalTryAlternatePath;

    // The server's words may quote the address: only the code goes into logs.
    private static string Explain(SmtpException e) => e.InnerException is { } inner
        ? $"{e.StatusCode}: {inner.GetType().Name}: {inner.InnerException?.Message ?? inner.Message}"
        : $"The mail server answered {(int)e.StatusCode} {e.StatusCode}.";
}
