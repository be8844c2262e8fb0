using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace EventEngine.Application.Organizations;

/// <summary>What an invitation's letter proves itself with: 256 random bits, of which we keep only the digest.</summary>
public sealed record InvitationToken(string Secret)
{
    private const int Bytes = 32;

    public static InvitationToken Create() => new(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes)));

    public byte[] Digest() => SHA256.HashData(Encoding.UTF8.GetBytes(Secret));

    public override string ToString() => "an invitation's token";
}
