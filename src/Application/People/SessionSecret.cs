using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace EventEngine.Application.People;

/// <summary>What a session's holder carries: 256 random bits. We keep only its digest, so that our rows open nothing.</summary>
public static class SessionSecret
{
    private const int Bytes = 32;

    public static string Create() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    public static byte[] Digest(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
