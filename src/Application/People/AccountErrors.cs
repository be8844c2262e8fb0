using EventEngine.Domain.Shared;
using Microsoft.AspNetCore.Identity;

namespace EventEngine.Application.People;

/// <summary>What may go wrong with an account, in words for its person.</summary>
public static class AccountErrors
{
    public const string AddressTaken = "address_taken";

    /// <exception cref="DomainException">Identity says no.</exception>
    public static void OrThrow(this IdentityResult result)
    {
        if (result.Succeeded) return;
        var error = result.Errors.First();
        throw new DomainException(error.Code, error.Description);
    }

    public static bool IsAddressTaken(this IdentityResult result) => result.Errors.Any(error => error.Code == AddressTaken);
}
