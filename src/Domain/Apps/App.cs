using System.Collections.Immutable;
using EventEngine.Domain.Organizations;
using EventEngine.Domain.Shared;

namespace EventEngine.Domain.Apps;

/// <summary>An app that reports to us, as far as decisions need to know it.</summary>
public sealed record App(bool Exists, ImmutableHashSet<Guid> ActiveKeys)
{
    /// <summary>Two, so that a key can be rotated without a gap.</summary>
    public const int MaxActiveKeys = 2;

    public static App Initial { get; } = new(Exists: false, []);

    public static App Evolve(App state, IFact fact) => fact switch
    {
        AppRegistered => state with { Exists = true },
        ApiKeyIssued issued => state with { ActiveKeys = state.ActiveKeys.Add(issued.KeyId) },
        ApiKeyRevoked revoked => state with { ActiveKeys = state.ActiveKeys.Remove(revoked.KeyId) },
        _ => state,
    };

    /// <summary>Repeated, it says nothing new.</summary>
    public IReadOnlyCollection<IFact> Register(OrganizationId organization, string name, string environment, DateTimeOffset at) =>
        Exists ? [] : [new AppRegistered(at, organization, name, environment)];

    /// <exception cref="DomainException">The app is unknown, or has two active keys already.</exception>
    public IReadOnlyCollection<IFact> IssueKey(Guid keyId, string prefix, string lastFour, DateTimeOffset at)
    {
        if (!Exists) throw new DomainException("app_unknown", "Register the app before issuing a key for it.");
        if (ActiveKeys.Contains(keyId)) return [];
        if (ActiveKeys.Count >= MaxActiveKeys)
            throw new DomainException("too_many_keys", $"An app has at most {MaxActiveKeys} active keys: revoke one first.");
        return [new ApiKeyIssued(at, keyId, prefix, lastFour)];
    }
}
