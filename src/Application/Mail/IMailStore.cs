namespace EventEngine.Application.Mail;

/// <summary>Where letters wait. What they say is kept encrypted.</summary>
public interface IMailStore
{
    /// <summary>Takes the letter that is due longest; nobody else gets it until the lease is over.</summary>
    /// <returns>Null when none is due.</returns>
    Task<DueMail?> ClaimAsync(DateTimeOffset now, TimeSpan lease, CancellationToken ct);

    /// <summary>Forgets a letter: it was sent.</summary>
    Task SentAsync(Guid id, CancellationToken ct);

    Task PostponeAsync(Guid id, DateTimeOffset until, string error, CancellationToken ct);

    /// <summary>Drops what the letter says; that there was one, and why it was not sent, stays for operators.</summary>
    Task GiveUpAsync(Guid id, DateTimeOffset at, string error, CancellationToken ct);

    /// <summary>For those queued before a time: gives up the waiting, and forgets the given up.</summary>
    /// <returns>How many waiting ones were given up.</returns>
    Task<int> ExpireAsync(DateTimeOffset queuedBefore, DateTimeOffset forgetBefore, DateTimeOffset at, CancellationToken ct);

    /// <returns>Those that wait, the newest first.</returns>
    Task<IReadOnlyList<WaitingMail>> ListWaitingAsync(int limit, CancellationToken ct);

    Task<MailBacklog> CountAsync(CancellationToken ct);
}

/// <param name="Letter">Null when it can't be read any more: the key that opens it is gone.</param>
/// <param name="Attempts">This one included.</param>
public sealed record DueMail(Guid Id, Letter? Letter, DateTimeOffset QueuedAt, int Attempts);

public sealed record WaitingMail(Guid Id, DateTimeOffset QueuedAt, Letter Letter);

/// <param name="OldestQueuedAt">Of those waiting; null: none waits.</param>
public sealed record MailBacklog(long Waiting, DateTimeOffset? OldestQueuedAt, long GivenUp);
