using System.Collections.Immutable;
using EventEngine.Domain.Shared;

namespace EventEngine.Domain.Organizations;

/// <summary>The access tokens that it has given out: they are its own, and outlive the membership of who issued them.</summary>
public sealed partial record Organization
{
    public const int MaxTokens = 50;

    /// <summary>Those not revoked; expired ones among them.</summary>
    public ImmutableHashSet<Guid> Tokens { get; private init; } = [];

    /// <summary>Never issued again: the settings of a start may name one that was revoked since.</summary>
    public ImmutableHashSet<Guid> RevokedTokens { get; private init; } = [];

    /// <summary>Repeated, it says nothing new.</summary>
    /// <exception cref="RoleNeededException">Nobody hands out more than they may do themselves.</exception>
    /// <exception cref="DomainException">It would open nothing, or there are too many.</exception>
    public IReadOnlyCollection<IFact> IssueToken(
        Actor by, Guid token, string name, IReadOnlyCollection<Permission> scopes, DateTimeOffset? expiresAt, DateTimeOffset at)
    {
        if (Tokens.Contains(token) || RevokedTokens.Contains(token)) return [];
        foreach (var scope in scopes) Demand(by, scope);
        if (scopes.Count == 0) throw new DomainException("no_scope", "Choose what the token may do.");
        if (Tokens.Count >= MaxTokens) throw new DomainException("too_many_tokens", $"An organization has at most {MaxTokens} access tokens: revoke one first.");
        return [new AccessTokenIssued(at, token, name, [.. scopes.Distinct().Order()], expiresAt)];
    }

    /// <summary>Repeated, it says nothing new.</summary>
    public IReadOnlyCollection<IFact> RevokeToken(Guid token, DateTimeOffset at) => Tokens.Contains(token) ? [new AccessTokenRevoked(at, token)] : [];
}
