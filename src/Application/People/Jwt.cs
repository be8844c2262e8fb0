using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace EventEngine.Application.People;

/// <summary>
/// Tokens signed by ECDSA on P-256 (RFC 7519, 7518). The algorithm is ours to choose, never the token's: only ES256 by one of our own keys
/// is ever looked at.
/// </summary>
public static class Jwt
{
    public const string Algorithm = "ES256";
    public const int Longest = 2000;
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Whether a text has the form of one; it may still be anything.</summary>
    public static bool Resembles(string text) => text.StartsWith("eyJ", StringComparison.Ordinal) && text.Count(character => character == '.') == 2;

    public static string Sign(TokenClaims claims, SigningKey key)
    {
        var header = Encode(new Header(Algorithm, key.Id, "JWT"));
        var signed = $"{header}.{Encode(claims)}";
        return $"{signed}.{Base64Url.EncodeToString(key.Key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256))}";
    }

    /// <returns>What the token says when one of the keys has signed it; whether it still holds is another question. Null otherwise.</returns>
    public static TokenClaims? Verify(string token, IReadOnlyList<SigningKey> keys)
    {
        if (token.Length > Longest || token.Split('.') is not [var header, var payload, var signature]) return null;
        if (Decode<Header>(header) is not { Alg: Algorithm, Kid: { } kid } || keys.FirstOrDefault(key => key.Id == kid) is not { } key) return null;
        return IsSigned($"{header}.{payload}", signature, key.Key) ? Decode<TokenClaims>(payload) : null;
    }

    private static bool IsSigned(string text, string signature, ECDsa key)
    {
        var bytes = TryDecode(signature);
        return bytes is not null && key.VerifyData(Encoding.ASCII.GetBytes(text), bytes, HashAlgorithmName.SHA256);
    }

    private static string Encode<T>(T part) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(part, Json));

    private static T? Decode<T>(string part) where T : class
    {
        try
        {
            return TryDecode(part) is { } bytes ? JsonSerializer.Deserialize<T>(bytes, Json) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static byte[]? TryDecode(string part)
    {
        try
        {
            return Base64Url.DecodeFromChars(part);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private sealed record Header(string? Alg, string? Kid, string? Typ);
}

/// <summary>What a token says. Of the person's role it says nothing: that is looked up when it is used.</summary>
/// <param name="Sub">The person.</param>
/// <param name="Org">The organization.</param>
/// <param name="Jti">The session that it leans on: when that ends, so does the token.</param>
/// <param name="Iat">Seconds since 1970.</param>
/// <param name="Exp">Seconds since 1970.</param>
public sealed record TokenClaims(string? Iss, string? Aud, string? Sub, string? Org, string? Jti, long Iat, long Exp);
