using EventEngine.Application.Shared;
using EventEngine.Domain.Shared;
using MediatR;
using Microsoft.AspNetCore.Identity;

namespace EventEngine.Application.People;

/// <summary>GitHub no longer signs this person in.</summary>
/// <exception cref="DomainException">It is the only way in that she has.</exception>
public sealed record UnlinkGitHub(Guid PersonId) : IRequest
{
    internal sealed class Handler(UserManager<Account> accounts) : IRequestHandler<UnlinkGitHub>
    {
        public async Task<Unit> Handle(UnlinkGitHub command, CancellationToken ct)
        {
            ct.ThrowIfCancellationRequested();
            var account = await accounts.FindByIdAsync(command.PersonId.ToString("N")) ?? throw new NotFoundException("person");
            if (account.PasswordHash is null) throw new DomainException("no_password", "Choose a password first: without GitHub you could not sign in.");
            foreach (var login in (await accounts.GetLoginsAsync(account)).Where(login => login.LoginProvider == SignInWithGitHub.Provider))
                (await accounts.RemoveLoginAsync(account, login.LoginProvider, login.ProviderKey)).OrThrow();
            return Unit.Value;
        }
    }
}
