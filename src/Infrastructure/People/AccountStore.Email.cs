using EventEngine.Application.People;
using Microsoft.AspNetCore.Identity;

namespace EventEngine.Infrastructure.People;

public sealed partial class AccountStore : IUserEmailStore<Account>
{
    public Task SetEmailAsync(Account user, string? email, CancellationToken cancellationToken)
    {
        user.Email = email ?? "";
        return Task.CompletedTask;
    }

    public Task<string?> GetEmailAsync(Account user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Email);

    public Task<bool> GetEmailConfirmedAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.EmailVerifiedAt is not null);

    /// <summary>Who verified an address holds it.</summary>
    public Task SetEmailConfirmedAsync(Account user, bool confirmed, CancellationToken cancellationToken)
    {
        user.EmailVerifiedAt = confirmed ? user.EmailVerifiedAt ?? time.GetUtcNow() : null;
        user.HoldsAddress |= confirmed;
        return Task.CompletedTask;
    }

    public async Task<Account?> FindByEmailAsync(string normalizedEmail, CancellationToken cancellationToken) =>
        await FindAsync(Select + " where normalized_email = @email", new { email = Person.Normalize(normalizedEmail) }, cancellationToken);

    public Task<string?> GetNormalizedEmailAsync(Account user, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(Person.Normalize(user.Email));

    // Whether the row has it follows from HoldsAddress.
    public Task SetNormalizedEmailAsync(Account user, string? normalizedEmail, CancellationToken cancellationToken) => Task.CompletedTask;
}
