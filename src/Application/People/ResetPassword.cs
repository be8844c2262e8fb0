using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Identity;

namespace EventEngine.Application.People;

/// <summary>Follows the link of a letter to a new password. It proves the address too; every session ends, and a new one begins.</summary>
/// <returns>The secret of the new session; null: the link has ended, or was not made for this person.</returns>
public sealed record ResetPassword(Guid PersonId, string Token, string Password, string? MailOrigin, string? UserAgent = null) : IRequest<string?>
{
    public sealed class Validator : AbstractValidator<ResetPassword>
    {
        public Validator() => RuleFor(command => command.Password).NewPassword();
    }

    internal sealed class Handler(UserManager<Account> accounts, ISessions sessions, AccountPost post, IMediator mediator) : IRequestHandler<ResetPassword, string?>
    {
        public async Task<string?> Handle(ResetPassword command, CancellationToken ct)
        {
            if (await accounts.FindByIdAsync(command.PersonId.ToString("N")) is not { } account) return null;
            if (!(await accounts.ResetPasswordAsync(account, AccountLinks.Decode(command.Token), command.Password)).Succeeded) return null;
            if (account.EmailVerifiedAt is null) await TakeOverAsync(account);
            await sessions.EndAllAsync(account.Id, except: null, ct);
            await post.SendAsync(account.Email, command.MailOrigin, AccountLetters.PasswordChanged, ct);
            return await mediator.Send(new OpenSession(account.Id, command.UserAgent), ct);
        }

        // Who signed up with this address may have been somebody else: nothing that she left opens the account.
        private async Task TakeOverAsync(Account account)
        {
            foreach (var login in await accounts.GetLoginsAsync(account)) await accounts.RemoveLoginAsync(account, login.LoginProvider, login.ProviderKey);
            if (await AddressClaim.ClearAsync(accounts, account.Email, account.Id))
                (await accounts.ConfirmEmailAsync(account, await accounts.GenerateEmailConfirmationTokenAsync(account))).OrThrow();
        }
    }
}
