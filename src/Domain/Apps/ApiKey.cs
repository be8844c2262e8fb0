using System.Security.Cryptography;
using System.Text;

namespace EventEngine.Domain.Apps;

/// <summary>The key with which an app reports. Only its digest is looked up; prefix and last four characters may be shown.</summary>
public sealed record ApiKey(string Secret)
{
    public const string LivePrefix = "ee_live_";

    /// <summary>160 bits.</summary>
    public const int RandomBytes = 20;

    /// <summary>Of a key of our own making.</summary>
    public const int Length = 40;

    private const int RandomCharacters = 32, Shown = 4, BeginningCharacters = 16;
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";

    public string Prefix => Secret.StartsWith(LivePrefix, StringComparison.Ordinal) ? LivePrefix : "";

    /// <summary>Empty where the key is too short to show a part of it.</summary>
    public string LastFour => Secret.Length >= RandomCharacters ? Secret[^Shown..] : "";

    /// <summary>A new key: chance comes from outside, like time.</summary>
    /// <param name="random">20 bytes of a cryptographic generator; every 5 bits become a character.</param>
    public static ApiKey From(ReadOnlySpan<byte> random)
    {
        if (random.Length != RandomBytes) throw new ArgumentException($"{RandomBytes} bytes are needed.", nameof(random));
        var characters = new char[RandomCharacters];
        for (var i = 0; i < characters.Length; i++)
        {
            var (first, offset) = Math.DivRem(i * 5, 8);
            var pair = (random[first] << 8) | (first + 1 < random.Length ? random[first + 1] : 0);
            characters[i] = Alphabet[(pair >> (11 - offset)) & 31];
        }

        return new ApiKey(LivePrefix + new string(characters));
    }

    /// <summary>SHA-256 of the key's UTF-8 bytes.</summary>
    public byte[] Digest() => DigestOf(Encoding.UTF8.GetBytes(Secret));

    /// <summary>By which a mistyped key is traced to this one. Null for a key that somebody chose: it may begin like another's.</summary>
    public byte[]? BeginningDigest() => Secret.Length == Length ? DigestOfBeginning(Secret) : null;

    /// <summary>SHA-256 of the first 16 characters of the key in what was sent, quotes or other things before it aside.</summary>
    /// <returns>Null when nothing in it looks like a key of our own making.</returns>
    public static byte[]? DigestOfBeginning(ReadOnlySpan<char> sent)
    {
        var start = sent.IndexOf(LivePrefix);
        if (start < 0 || sent.Length - start < BeginningCharacters) return null;
        Span<byte> text = stackalloc byte[BeginningCharacters * 3];
        return DigestOf(text[..Encoding.UTF8.GetBytes(sent.Slice(start, BeginningCharacters), text)]);
    }

    public static byte[] DigestOf(ReadOnlySpan<byte> secret) => SHA256.HashData(secret);

    public override string ToString() => $"{Prefix}…{LastFour}";
}
