namespace EventEngine.Application.Mail;

/// <summary>Letters on their way. They are kept until sent, so that neither a mail server that is away nor a restart loses one.</summary>
public interface IMailQueue
{
    /// <exception cref="ArgumentException">The address is none, or more than one.</exception>
    Task EnqueueAsync(Letter letter, CancellationToken ct);
}
