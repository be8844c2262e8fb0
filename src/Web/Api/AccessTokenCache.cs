using EventEngine.Application.AccessTokens;
using Microsoft.Extensions.Caching.Memory;

namespace EventEngine.Web.Api;

/// <summary>Remembers for a second what a token opens: a revoked one is turned away within that time, an expired one at once.</summary>
public sealed class AccessTokenCache(IAccessTokens tokens, TimeProvider time) : IDisposable
{
    private const int MostTokens = 10_000;
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan UseNoted = TimeSpan.FromMinutes(1);
    private readonly MemoryCache _known = new(new MemoryCacheOptions { SizeLimit = MostTokens });

    /// <returns>Null when it opens nothing.</returns>
    public async Task<AccessToken?> FindAsync(AccessSecret secret, CancellationToken ct)
    {
        var digest = secret.Digest();
        var key = Convert.ToHexString(digest);
        if (!_known.TryGetValue(key, out AccessToken? token))
        {
            token = await tokens.FindAsync(digest, ct);
            // Only what exists is remembered: guesses must not push it out.
            if (token is not null) _known.Set(key, token, new MemoryCacheEntryOptions { AbsoluteExpirationRelativeToNow = Kept, Size = 1 });
            if (token is not null) await NoteUseAsync(token, ct);
        }

        return token is null || token.ExpiresAt <= time.GetUtcNow() ? null : token;
    }

    public void Dispose() => _known.Dispose();

    private async Task NoteUseAsync(AccessToken token, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (token.ExpiresAt <= now || now - token.LastUsedAt < UseNoted) return;
        await tokens.UsedAsync(token.Id, now, ct);
    }
}
