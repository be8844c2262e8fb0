using System.Net.Mail;

namespace EventEngine.Application.Mail;

/// <summary>What we take for one person's address.</summary>
public static class MailAddresses
{
    public const int Longest = 254;

    /// <summary>One bare address: no display name, no list, nothing that could end a header's line.</summary>
    public static bool IsOne(string? text) =>
        text is { Length: > 2 and <= Longest }
        && !text.Any(character => char.IsControl(character) || char.IsWhiteSpace(character) || "<>()[],;:\\\"".Contains(character))
        && text.Count(character => character == '@') == 1
        && MailAddress.TryCreate(text, out var parsed)
        && parsed.Address == text;
}
