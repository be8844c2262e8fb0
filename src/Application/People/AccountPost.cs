using EventEngine.Application.Mail;
using Microsoft.Extensions.Logging;

namespace EventEngine.Application.People;

/// <summary>Sends letters that anybody can cause: so many to one address, and none whose links a forged host name could lead astray.</summary>
public sealed class AccountPost(IMailQueue mails, LetterLimit limit, ILogger<AccountPost> log)
{
    /// <param name="origin">Ours; null: it is not known for sure.</param>
    public async Task SendAsync(string address, string? origin, Func<string, Task<LetterContent>> write, CancellationToken ct)
    {
        if (origin is null) log.LogError("A letter was not sent: set EventEngine__PublicUrl (or AllowedHosts), so that its links can be trusted");
        else if (!limit.Allows(address)) log.LogWarning("A letter was not sent: too many were caused for the same address");
        else await mails.EnqueueAsync((await write(origin)).To(address), ct);
    }

    /// <inheritdoc cref="SendAsync(string, string, Func{string, Task{LetterContent}}, CancellationToken)"/>
    public Task SendAsync(string address, string? origin, Func<string, LetterContent> write, CancellationToken ct) =>
        SendAsync(address, origin, known => Task.FromResult(write(known)), ct);
}
