using EventEngine.Application.Mail;
using Microsoft.AspNetCore.Identity;

namespace EventEngine.Application.People;

/// <summary>
/// Whether an address and a password belong together: the one way for every form that asks. Whoever the address belongs to, or to nobody,
/// exactly one hash is verified, so that the time taken tells nothing.
/// </summary>
public sealed class PasswordCheck(UserManager<Account> accounts, SignInAttempts attempts)
{
    private static readonly Account Nobody = new();
    private static string? s_nobodysHash;

    /// <param name="origin">Where the attempt comes from.</param>
    /// <param name="knownPerson">Who has signed in from this browser before: attempts from elsewhere don't make her wait.</param>
    public async Task<PasswordOutcome> TryAsync(string email, string password, string origin, Guid? knownPerson, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var account = MailAddresses.IsOne(email) ? await accounts.FindByEmailAsync(email) : null;
        var isKnownHere = account is not null && account.Id == knownPerson;
        if (attempts.WaitFor(email, origin, isKnownHere) is { } wait) return new PasswordOutcome.Wait(wait);
        if (!await MatchesAsync(account, password))
        {
            attempts.Failed(email, origin);
            return new PasswordOutcome.Refused();
        }

        attempts.Succeeded(email, origin);
        return new PasswordOutcome.Right(account!.Id);
    }

    private async Task<bool> MatchesAsync(Account? account, string password)
    {
        s_nobodysHash ??= accounts.PasswordHasher.HashPassword(Nobody, Guid.NewGuid().ToString());
        if (account?.PasswordHash is null)
        {
            accounts.PasswordHasher.VerifyHashedPassword(Nobody, s_nobodysHash, password);
            return false;
        }

        return await accounts.CheckPasswordAsync(account, password);
    }
}

public abstract record PasswordOutcome
{
    public sealed record Right(Guid PersonId) : PasswordOutcome;

    public sealed record Refused : PasswordOutcome;

    public sealed record Wait(TimeSpan For) : PasswordOutcome;
}
