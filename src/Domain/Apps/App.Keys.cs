using System.Collections.Immutable;
using EventEngine.Domain.Shared;

namespace EventEngine.Domain.Apps;

public sealed partial record App
{
    /// <summary>Two, so that a key can be rotated without a gap.</summary>
    public const int MaxActiveKeys = 2;

    /// <summary>In the order in which they were issued.</summary>
    public ImmutableList<Guid> ActiveKeys { get; private init; } = [];

    /// <summary>Revoked ones, too.</summary>
    public ImmutableHashSet<Guid> IssuedKeys { get; private init; } = [];

    /// <exception cref="DomainException">The app is unknown, or has two active keys already.</exception>
    public IReadOnlyCollection<IFact> IssueKey(Guid keyId, string prefix, string lastFour, DateTimeOffset at)
    {
        if (!Exists) throw new DomainException("app_unknown", "Register the app before issuing a key for it.");
        if (IssuedKeys.Contains(keyId)) return [];
        if (ActiveKeys.Count >= MaxActiveKeys)
            throw new DomainException("too_many_keys", $"An app has at most {MaxActiveKeys} active keys: revoke one first.");
        return [new ApiKeyIssued(at, keyId, prefix, lastFour)];
    }

    /// <summary>Repeated, it says nothing new.</summary>
    public IReadOnlyCollection<IFact> RevokeKey(Guid keyId, DateTimeOffset at) => ActiveKeys.Contains(keyId) ? [new ApiKeyRevoked(at, keyId)] : [];

    private App EvolveKeys(IFact fact) => fact switch
    {
        ApiKeyIssued issued => this with { ActiveKeys = ActiveKeys.Add(issued.KeyId), IssuedKeys = IssuedKeys.Add(issued.KeyId) },
        ApiKeyRevoked revoked => this with { ActiveKeys = ActiveKeys.Remove(revoked.KeyId) },
        _ => this,
    };
}
