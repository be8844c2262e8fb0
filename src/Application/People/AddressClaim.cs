using Microsoft.AspNetCore.Identity;

namespace EventEngine.Application.People;

/// <summary>An address goes to whoever has shown that its letters reach her; who only said so loses it.</summary>
internal static class AddressClaim
{
    /// <returns>False when another person has shown it already.</returns>
    public static async Task<bool> ClearAsync(UserManager<Account> accounts, string email, Guid claimant)
    {
        if (await accounts.FindByEmailAsync(email) is not { } holder || holder.Id == claimant) return true;
        if (holder.EmailVerifiedAt is not null) return false;
        holder.HoldsAddress = false;
        (await accounts.UpdateAsync(holder)).OrThrow();
        return true;
    }
}
