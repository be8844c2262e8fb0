using MediatR;
using Microsoft.AspNetCore.Identity;

namespace EventEngine.Application.People;

/// <summary>
/// Signs in whom GitHub vouches for, links GitHub to a person who is signed in, or makes a new person. An address alone leads into an
/// existing account only where both sides have confirmed it: otherwise whoever registers somebody's address there or here would get in.
/// </summary>
/// <param name="Email">The primary address, which GitHub has verified.</param>
/// <param name="LinkTo">Who asked to link; null: nobody is signed in.</param>
public sealed record SignInWithGitHub(string GitHubId, string Login, string Email, string? Name, Guid? LinkTo) : IRequest<GitHubOutcome>
{
    public const string Provider = "GitHub";

    internal sealed class Handler(UserManager<Account> accounts, TimeProvider time) : IRequestHandler<SignInWithGitHub, GitHubOutcome>
    {
        public async Task<GitHubOutcome> Handle(SignInWithGitHub command, CancellationToken ct)
        {
            ct.ThrowIfCancellationRequested();
            var known = await accounts.FindByLoginAsync(Provider, command.GitHubId);
            if (command.LinkTo is { } person) return await LinkAsync(command, person, known);
            if (known is not null) return new GitHubOutcome.Welcome(known.Id, IsNew: false);
            var holder = await accounts.FindByEmailAsync(command.Email);
            if (holder is { EmailVerifiedAt: null }) return new GitHubOutcome.SignInFirst();
            var account = holder ?? await CreateAsync(command);
            await AddAsync(command, account);
            return new GitHubOutcome.Welcome(account.Id, IsNew: holder is null);
        }

        private async Task<GitHubOutcome> LinkAsync(SignInWithGitHub command, Guid person, Account? known)
        {
            if (known is not null && known.Id != person) return new GitHubOutcome.LinkedToAnother();
            if (known is null && await accounts.FindByIdAsync(person.ToString("N")) is { } account) await AddAsync(command, account);
            return new GitHubOutcome.Linked();
        }

        private async Task<Account> CreateAsync(SignInWithGitHub command)
        {
            var now = time.GetUtcNow();
            var account = new Account
            {
                Id = Guid.CreateVersion7(now),
                Email = command.Email,
                HoldsAddress = true,
                EmailVerifiedAt = now,
                Name = PersonNames.Tidy(command.Name),
                CreatedAt = now,
            };
            (await accounts.CreateAsync(account)).OrThrow();
            return account;
        }

        private async Task AddAsync(SignInWithGitHub command, Account account) =>
            (await accounts.AddLoginAsync(account, new UserLoginInfo(Provider, command.GitHubId, command.Login))).OrThrow();
    }
}

/// <summary>What became of a return from GitHub.</summary>
public abstract record GitHubOutcome
{
    public sealed record Welcome(Guid PersonId, bool IsNew) : GitHubOutcome;

    public sealed record Linked : GitHubOutcome;

    public sealed record LinkedToAnother : GitHubOutcome;

    /// <summary>There is an account with this address that nobody has confirmed: its password has to come first.</summary>
    public sealed record SignInFirst : GitHubOutcome;
}
