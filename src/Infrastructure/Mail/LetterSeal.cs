using System.Security.Cryptography;
using System.Text.Json;
using EventEngine.Application.Mail;
using Microsoft.AspNetCore.DataProtection;

namespace EventEngine.Infrastructure.Mail;

/// <summary>Letters as the database keeps them: who reads its rows must not be able to follow their links.</summary>
public sealed class LetterSeal(IDataProtectionProvider protection)
{
    private readonly IDataProtector _protector = protection.CreateProtector("EventEngine.Mails.v1");

    public byte[] Close(Letter letter) => _protector.Protect(JsonSerializer.SerializeToUtf8Bytes(letter));

    /// <returns>Null when the key ring no longer has its key.</returns>
    public Letter? TryOpen(byte[] sealedLetter)
    {
        try
        {
            return JsonSerializer.Deserialize<Letter>(_protector.Unprotect(sealedLetter));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
