using MediatR;
using Microsoft.AspNetCore.Identity;

namespace EventEngine.Application.People;

/// <summary>Follows the link of a letter to a person's new address. The old address is told.</summary>
/// <returns>False: the link has ended, was not made for this change, or somebody else has confirmed the address.</returns>
public sealed record ChangeEmail(Guid PersonId, string Email, string Token, string? MailOrigin) : IRequest<bool>
{
    internal sealed class Handler(UserManager<Account> accounts, AccountPost post) : IRequestHandler<ChangeEmail, bool>
    {
        public async Task<bool> Handle(ChangeEmail command, CancellationToken ct)
        {
            if (await accounts.FindByIdAsync(command.PersonId.ToString("N")) is not { } account) return false;
            var (token, old) = (AccountLinks.Decode(command.Token), account.Email);
            var purpose = UserManager<Account>.GetChangeEmailTokenPurpose(command.Email);
            if (!await accounts.VerifyUserTokenAsync(account, accounts.Options.Tokens.ChangeEmailTokenProvider, purpose, token)) return false;
            if (!await AddressClaim.ClearAsync(accounts, command.Email, account.Id)) return false;
            if (!(await accounts.ChangeEmailAsync(account, command.Email, token)).Succeeded) return false;
            await post.SendAsync(old, command.MailOrigin, AccountLetters.EmailChanged, ct);
            return true;
        }
    }
}
