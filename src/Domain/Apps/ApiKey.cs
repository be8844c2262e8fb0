using System.Security.Cryptography;
using System.Text;

namespace EventEngine.Domain.Apps;

/// <summary>The key with which an app reports. Only its digest is looked up; prefix and last four characters may be shown.</summary>
public sealed record ApiKey(string Secret)
{
    public const string LivePrefix = "ee_live_";
    private const int RandomCharacters = 32, Shown = 4;
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";

    public string Prefix => Secret.StartsWith(LivePrefix, StringComparison.Ordinal) ? LivePrefix : "";

    /// <summary>Empty where the key is too short to show a part of it.</summary>
    public string LastFour => Secret.Length >= RandomCharacters ? Secret[^Shown..] : "";

    /// <summary>A new key of 160 random bits.</summary>
    public static ApiKey Create() => new(LivePrefix + RandomNumberGenerator.GetString(Alphabet, RandomCharacters));

    /// <summary>SHA-256 of the key's UTF-8 bytes.</summary>
    public byte[] Digest() => DigestOf(Encoding.UTF8.GetBytes(Secret));

    public static byte[] DigestOf(ReadOnlySpan<byte> secret) => SHA256.HashData(secret);

    public override string ToString() => $"{Prefix}…{LastFour}";
}
