using System.Collections.Immutable;
using EventEngine.Domain.Organizations;

namespace EventEngine.Application.AccessTokens;

/// <summary>What the event store must not hold of access tokens, and what is asked at every request.</summary>
public interface IAccessTokens
{
    /// <summary>Repeated with the same secret it changes nothing.</summary>
    Task KeepAsync(AccessToken token, byte[] digest, CancellationToken ct);

    /// <returns>Null for a digest that is unknown or revoked; an expired one is found, and says so.</returns>
    Task<AccessToken?> FindAsync(byte[] digest, CancellationToken ct);

    /// <summary>Those not revoked, the newest first.</summary>
    Task<IReadOnlyList<AccessToken>> ListAsync(OrganizationId organization, CancellationToken ct);

    /// <summary>From now on it opens nothing.</summary>
    Task RevokeAsync(OrganizationId organization, Guid token, DateTimeOffset at, CancellationToken ct);

    Task UsedAsync(Guid token, DateTimeOffset at, CancellationToken ct);
}

/// <param name="ExpiresAt">Null: good until it is revoked.</param>
/// <param name="CreatedBy">A person; null: the operator, or another token.</param>
/// <param name="LastUsedAt">To the minute; null: never.</param>
public sealed record AccessToken(
    Guid Id,
    OrganizationId Organization,
    string Name,
    ImmutableArray<Permission> Scopes,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt = null,
    Guid? CreatedBy = null,
    DateTimeOffset? LastUsedAt = null);
