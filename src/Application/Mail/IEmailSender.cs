namespace EventEngine.Application.Mail;

/// <summary>The way out of the house.</summary>
public interface IEmailSender
{
    /// <summary>False: no mail server is set; letters wait, and in development the outbox page shows them.</summary>
    bool IsConfigured { get; }

    /// <param name="id">Repeated with the same id it is the same mail, for those who can tell.</param>
    /// <exception cref="MailRefusedException">It will never be taken: there is no use in trying again.</exception>
    /// <exception cref="MailServerException">Not now.</exception>
    Task SendAsync(Guid id, Letter letter, CancellationToken ct);
}

/// <summary>The mail server will never take this letter.</summary>
public sealed class MailRefusedException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The mail server can't be reached, or does not take the letter now.</summary>
public sealed class MailServerException(string message, Exception? inner = null) : Exception(message, inner);
