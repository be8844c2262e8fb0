using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace EventEngine.Application.AccessTokens;

/// <summary>The secret of an access token. Only its digest is kept; <see cref="Create"/> gives what nobody can guess.</summary>
public sealed record AccessSecret(string Text)
{
    public const string Prefix = "ee_token_";
    public const int Longest = 500;
    private const int Bytes = 24;

    /// <summary>192 bits, 32 characters after the prefix.</summary>
    public static AccessSecret Create() => new(Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes)));

    public byte[] Digest() => SHA256.HashData(Encoding.UTF8.GetBytes(Text));

    public override string ToString() => "an access token's secret";
}
