using EventEngine.Application.Shared;
using EventEngine.Domain.Shared;
using Microsoft.AspNetCore.Identity;

namespace EventEngine.Application.People;

/// <summary>Asked again before what can't be undone: a session left open must not be enough. Guesses have to wait as at sign-in.</summary>
public sealed class CurrentPassword(UserManager<Account> accounts, SignInAttempts attempts)
{
    private const string Origin = "account";

    /// <summary>A person who has no password (she signs in with another provider) has nothing to prove.</summary>
    /// <exception cref="DomainException">It is wrong, or was wrong too often.</exception>
    public async Task<Account> ProveAsync(Guid person, string password)
    {
        var account = await accounts.FindByIdAsync(person.ToString("N")) ?? throw new NotFoundException("person");
        if (account.PasswordHash is null) return account;
        var key = account.Id.ToString("N");
        if (attempts.WaitFor(key, Origin, isKnownHere: true) is { } wait)
            throw new DomainException("too_many_attempts", $"Too many attempts. Try again in {Math.Ceiling(wait.TotalSeconds)} s.");
        if (await accounts.CheckPasswordAsync(account, password))
        {
            attempts.Succeeded(key, Origin);
            return account;
        }

        attempts.Failed(key, Origin);
        throw new DomainException("wrong_password", "This is not your current password.");
    }
}
