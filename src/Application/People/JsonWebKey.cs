using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace EventEngine.Application.People;

/// <summary>The public half of a signing key, for those who check our tokens themselves (RFC 7517).</summary>
public sealed record JsonWebKey(string Kid, string X, string Y)
{
    public string Kty => "EC";

    public string Crv => "P-256";

    public string Alg => Jwt.Algorithm;

    public string Use => "sig";

    public static JsonWebKey Of(SigningKey key)
    {
        var point = key.Key.ExportParameters(includePrivateParameters: false).Q;
        return new JsonWebKey(key.Id, Base64Url.EncodeToString(point.X), Base64Url.EncodeToString(point.Y));
    }

    public static string Thumbprint(ECDsa key)
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        var members = $$"""{"crv":"P-256","kty":"EC","x":"{{Base64Url.EncodeToString(point.X)}}","y":"{{Base64Url.EncodeToString(point.Y)}}"}""";
        return Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(members)));
    }
}
