using EventEngine.Domain.Apps;

namespace EventEngine.Application.Apps;

/// <summary>Tells what a key that let nobody in has to do with the keys that were issued.</summary>
public interface IKeyTraces
{
    /// <returns>Keys that have nothing to do with any are left out.</returns>
    Task<IReadOnlyList<KeyTrace>> FindAsync(IReadOnlyList<SentKey> keys, CancellationToken ct);
}

/// <summary>All that is kept of a key that was sent: what it said can't be had from this.</summary>
/// <param name="Beginning">Digest of its first 16 characters; null when it does not look like one of ours.</param>
public sealed record SentKey(byte[] Digest, byte[]? Beginning, int Length);

/// <param name="Sent">Place among the keys asked for.</param>
/// <param name="LastFour">Of the key that was issued.</param>
/// <param name="RevokedAt">It is a revoked key; null: it only begins like a valid one.</param>
public sealed record KeyTrace(int Sent, AppId App, string LastFour, DateTimeOffset? RevokedAt);
