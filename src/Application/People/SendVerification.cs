using MediatR;
using Microsoft.AspNetCore.Identity;

namespace EventEngine.Application.People;

/// <summary>Sends the letter that confirms a person's address once more.</summary>
public sealed record SendVerification(Guid PersonId, string? MailOrigin) : IRequest
{
    internal sealed class Handler(UserManager<Account> accounts, AccountLinks links, AccountPost post) : IRequestHandler<SendVerification>
    {
        public async Task<Unit> Handle(SendVerification command, CancellationToken ct)
        {
            if (await accounts.FindByIdAsync(command.PersonId.ToString("N")) is not { EmailVerifiedAt: null } account) return Unit.Value;
            var holder = await accounts.FindByEmailAsync(account.Email);
            await post.SendAsync(
                account.Email, command.MailOrigin,
                async origin => holder?.EmailVerifiedAt is null ? AccountLetters.Verify(await links.VerifyAsync(origin, account)) : AccountLetters.AlreadyHere(origin),
                ct);
            return Unit.Value;
        }
    }
}
