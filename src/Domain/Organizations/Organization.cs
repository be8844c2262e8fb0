using System.Collections.Immutable;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Shared;

namespace EventEngine.Domain.Organizations;

/// <summary>A tenant, as far as decisions need to know it.</summary>
public sealed partial record Organization
{
    public static Organization Initial { get; } = new();

    public bool Exists { get; private init; }

    public string Name { get; private init; } = "";

    public bool IsEnabled { get; private init; } = true;

    /// <summary>Of the last time that the operator turned it off.</summary>
    public string? DisabledReason { get; private init; }

    public Plan Plan { get; private init; }

    public ImmutableHashSet<AppId> Apps { get; private init; } = [];

    public static Organization Evolve(Organization state, IFact fact) => fact switch
    {
        OrganizationCreated created => state with { Exists = true, Name = created.Name, Plan = created.Plan },
        OrganizationRenamed renamed => state with { Name = renamed.Name },
        OrganizationDisabled disabled => state with { IsEnabled = false, DisabledReason = disabled.Reason },
        OrganizationEnabled => state with { IsEnabled = true },
        PlanChanged changed => state with { Plan = changed.Plan },
        AppAdded added => state with { Apps = state.Apps.Add(added.AppId) },
        AppRemoved removed => state with { Apps = state.Apps.Remove(removed.AppId) },
        AccessTokenIssued issued => state with { Tokens = state.Tokens.Add(issued.TokenId) },
        AccessTokenRevoked revoked => state with { Tokens = state.Tokens.Remove(revoked.TokenId), RevokedTokens = state.RevokedTokens.Add(revoked.TokenId) },
        _ => state.EvolveMembers(fact),
    };

    /// <summary>The one rule of who may do what.</summary>
    /// <exception cref="NotAMemberException">There is no such organization, or the caller does not belong to it.</exception>
    /// <exception cref="RoleNeededException">The caller belongs to it, and may not do this.</exception>
    /// <exception cref="OrganizationDisabledException">The operator has turned the organization off.</exception>
    public Organization Permit(Actor actor, Permission permission)
    {
        if (!Exists) throw new NotAMemberException();
        if (actor.IsOperator) return this;
        Demand(actor, permission);
        return IsEnabled ? this : throw new OrganizationDisabledException(DisabledReason);
    }

    /// <summary>Repeated, it says nothing new.</summary>
    public IReadOnlyCollection<IFact> Create(string name, string slug, Plan plan, Guid? owner, DateTimeOffset at)
    {
        if (Exists) return [];
        var created = new OrganizationCreated(at, name, slug, plan);
        return owner is { } person ? [created, new MemberJoined(at, person, Role.Owner)] : [created];
    }

    /// <summary>Takes a place for an app. Repeated, it says nothing new.</summary>
    /// <param name="limit">How many apps the plan allows; null: any number.</param>
    /// <exception cref="PlanLimitException">All places are taken.</exception>
    public IReadOnlyCollection<IFact> AddApp(AppId app, int? limit, DateTimeOffset at)
    {
        if (Apps.Contains(app)) return [];
        if (Apps.Count >= limit) throw new PlanLimitException("app_limit", $"The {Plan} plan allows {limit} {(limit == 1 ? "app" : "apps")}.");
        return [new AppAdded(at, app)];
    }

    public IReadOnlyCollection<IFact> RemoveApp(AppId app, DateTimeOffset at) => Apps.Contains(app) ? [new AppRemoved(at, app)] : [];

    /// <summary>Repeated, it says nothing new.</summary>
    public IReadOnlyCollection<IFact> Rename(string name, DateTimeOffset at) => name == Name ? [] : [new OrganizationRenamed(at, name)];

    /// <summary>Turns it off; another reason is worth saying.</summary>
    public IReadOnlyCollection<IFact> Disable(string? reason, DateTimeOffset at) =>
        !IsEnabled && reason == DisabledReason ? [] : [new OrganizationDisabled(at, reason)];

    public IReadOnlyCollection<IFact> Enable(DateTimeOffset at) => IsEnabled ? [] : [new OrganizationEnabled(at)];

    private void Demand(Actor actor, Permission permission)
    {
        if (actor.IsOperator) return;
        if (actor.PersonId is not { } person)
        {
            if (!actor.Scopes.Contains(permission)) throw actor.KeyId is null ? RoleNeededException.OfToken(permission) : RoleNeededException.OfKey(permission);
        }
        else if (!Members.TryGetValue(person, out var role))
        {
            throw new NotAMemberException();
        }
        else if (!role.Can(permission))
        {
            throw new RoleNeededException(permission);
        }
    }
}
