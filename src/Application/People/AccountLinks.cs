using System.Buffers.Text;
using System.Text;
using Microsoft.AspNetCore.Identity;

namespace EventEngine.Application.People;

/// <summary>
/// Links in letters that prove that the letter arrived. They hold for a day and until the next change of the person's credentials.
/// </summary>
public sealed class AccountLinks(UserManager<Account> accounts)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);

    /// <param name="origin">Ours, without a slash at its end.</param>
    public async Task<string> VerifyAsync(string origin, Account account) =>
        $"{origin}/verify-email?person={account.Id:N}&token={Encode(await accounts.GenerateEmailConfirmationTokenAsync(account))}";

    /// <inheritdoc cref="VerifyAsync"/>
    public async Task<string> ResetAsync(string origin, Account account) =>
        $"{origin}/reset-password?person={account.Id:N}&token={Encode(await accounts.GeneratePasswordResetTokenAsync(account))}";

    /// <inheritdoc cref="VerifyAsync"/>
    public async Task<string> ChangeEmailAsync(string origin, Account account, string email) =>
        $"{origin}/change-email?person={account.Id:N}&email={Uri.EscapeDataString(email)}&token={Encode(await accounts.GenerateChangeEmailTokenAsync(account, email))}";

    /// <summary>What <see cref="UserManager{T}"/> takes; a text that never was a token becomes one that fits nothing.</summary>
    public static string Decode(string token)
    {
        try
        {
            return Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token));
        }
        catch (FormatException)
        {
            return "";
        }
    }

    private static string Encode(string token) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(token));
}
