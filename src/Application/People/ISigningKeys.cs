using System.Security.Cryptography;

namespace EventEngine.Application.People;

/// <summary>What signs tokens. A key signs for 90 days, and is known for a day longer, until the last token that it signed has ended.</summary>
public interface ISigningKeys
{
    Task<SigningKey> CurrentAsync(CancellationToken ct);

    /// <returns>Those whose signatures count, the newest first.</returns>
    Task<IReadOnlyList<SigningKey>> KnownAsync(CancellationToken ct);
}

/// <param name="Id">The thumbprint of its public half, as in RFC 7638.</param>
public sealed record SigningKey(string Id, ECDsa Key, DateTimeOffset CreatedAt);
