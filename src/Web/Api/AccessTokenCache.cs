using System.Security.Cryptography;
using System.Text;
using EventEngine.Application.People;
using EventEngine.Domain.Organizations;
using Microsoft.Extensions.Caching.Memory;

namespace EventEngine.Web.Api;

/// <summary>Remembers for a few seconds what a token opens: a revoked one is turned away within that time, an expired one at once.</summary>
public sealed class AccessTokenCache(IAccessTokens tokens, TimeProvider time) : IDisposable
{
    private const int MostTokens = 10_000;
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(5);
    private readonly MemoryCache _known = new(new MemoryCacheOptions { SizeLimit = MostTokens });

    /// <returns>The organization that the token opens; null when it opens none.</returns>
    public async Task<OrganizationId?> FindAsync(string secret, CancellationToken ct)
    {
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes(secret));
        var key = Convert.ToHexString(digest);
        if (!_known.TryGetValue(key, out AccessToken? token))
        {
            token = await tokens.FindAsync(digest, ct);
            // Only what exists is remembered: guesses must not push it out.
            if (token is not null) _known.Set(key, token, new MemoryCacheEntryOptions { AbsoluteExpirationRelativeToNow = Kept, Size = 1 });
        }

        return token is null || token.ExpiresAt <= time.GetUtcNow() ? null : token.Organization;
    }

    public void Dispose() => _known.Dispose();
}
