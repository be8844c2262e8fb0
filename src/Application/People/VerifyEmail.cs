using MediatR;
using Microsoft.AspNetCore.Identity;

namespace EventEngine.Application.People;

/// <summary>Follows the link of a letter: from now on the address is the person's.</summary>
/// <returns>False: the link has ended, was not made for this person, or somebody else has confirmed the address.</returns>
public sealed record VerifyEmail(Guid PersonId, string Token) : IRequest<bool>
{
    internal sealed class Handler(UserManager<Account> accounts) : IRequestHandler<VerifyEmail, bool>
    {
        public async Task<bool> Handle(VerifyEmail command, CancellationToken ct)
        {
            ct.ThrowIfCancellationRequested();
            if (await accounts.FindByIdAsync(command.PersonId.ToString("N")) is not { } account) return false;
            var token = AccountLinks.Decode(command.Token);
            var isOurs = await accounts.VerifyUserTokenAsync(
                account, accounts.Options.Tokens.EmailConfirmationTokenProvider, UserManager<Account>.ConfirmEmailTokenPurpose, token);
            return isOurs && await AddressClaim.ClearAsync(accounts, account.Email, account.Id) && (await accounts.ConfirmEmailAsync(account, token)).Succeeded;
        }
    }
}
