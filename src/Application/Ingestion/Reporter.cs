using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;

namespace EventEngine.Application.Ingestion;

/// <summary>Who reports with an API key, and under which plan. A reporter that is not enabled belongs to a disabled organization.</summary>
public sealed record Reporter(AppId AppId, OrganizationId OrganizationId, Guid KeyId, Plan Plan, bool Enabled = true);

/// <summary>SHA-256 of an API key: all that is kept of it in memory.</summary>
public readonly record struct KeyDigest(UInt128 High, UInt128 Low)
{
    /// <summary>In UTF-8.</summary>
    public const int MaxKeyBytes = 500;

    private const int Size = 32;

    /// <returns>False for a key that is empty or too long to be one of ours.</returns>
    public static bool TryOf(ReadOnlySpan<char> key, out KeyDigest digest)
    {
        digest = default;
        Span<byte> text = stackalloc byte[MaxKeyBytes];
        if (key.IsEmpty || !Encoding.UTF8.TryGetBytes(key, text, out var length)) return false;
        Span<byte> hash = stackalloc byte[Size];
        SHA256.HashData(text[..length], hash);
        digest = From(hash);
        return true;
    }

    public static KeyDigest From(ReadOnlySpan<byte> sha256) => MemoryMarshal.Read<KeyDigest>(sha256);

    public byte[] ToArray()
    {
        var bytes = new byte[Size];
        MemoryMarshal.Write(bytes, this);
        return bytes;
    }
}
