using System.Collections.Immutable;
using EventEngine.Domain.Shared;

namespace EventEngine.Domain.Organizations;

/// <summary>Who belongs to it. There is always an owner, and only owners decide about owners.</summary>
public sealed partial record Organization
{
    public ImmutableDictionary<Guid, Role> Members { get; private init; } = ImmutableDictionary<Guid, Role>.Empty;

    private int Owners => Members.Values.Count(role => role == Role.Owner);

    /// <summary>Repeated, it says nothing new.</summary>
    /// <exception cref="RoleNeededException">An owner is concerned, and the caller is none.</exception>
    /// <exception cref="DomainException">The person does not belong to it, or is its last owner.</exception>
    public IReadOnlyCollection<IFact> ChangeRole(Actor by, Guid person, Role role, DateTimeOffset at)
    {
        var current = RoleOf(person);
        if (current == role) return [];
        if (current == Role.Owner || role == Role.Owner) Demand(by, Permission.ManageOrganization);
        if (current == Role.Owner) KeepAnOwner();
        return [new RoleChanged(at, person, role)];
    }

    /// <summary>Repeated, it says nothing new.</summary>
    /// <exception cref="RoleNeededException">The person is an owner, and the caller is none.</exception>
    /// <exception cref="DomainException">The person is the last owner.</exception>
    public IReadOnlyCollection<IFact> Remove(Actor by, Guid person, DateTimeOffset at)
    {
        if (!Members.TryGetValue(person, out var role)) return [];
        if (role == Role.Owner) Demand(by, Permission.ManageOrganization);
        return person == by.PersonId ? Leave(person, at) : GoWithout(person, new MemberRemoved(at, person));
    }

    /// <exception cref="DomainException">The person is the last owner.</exception>
    public IReadOnlyCollection<IFact> Leave(Guid person, DateTimeOffset at) => Members.ContainsKey(person) ? GoWithout(person, new MemberLeft(at, person)) : [];

    /// <summary>Makes another member the owner in one's own place, and oneself an admin.</summary>
    /// <exception cref="DomainException">Only an owner in person can, and only to a member.</exception>
    public IReadOnlyCollection<IFact> TransferOwnership(Actor by, Guid to, DateTimeOffset at)
    {
        if (by.PersonId is not { } from || RoleOf(from) != Role.Owner) throw new DomainException("owner_needed", "Only an owner in person can hand an organization over.");
        RoleOf(to);
        return from == to ? [] : [new OwnershipTransferred(at, from, to)];
    }

    private Role RoleOf(Guid person) =>
        Members.TryGetValue(person, out var role) ? role : throw new DomainException("not_a_member", "This person does not belong to the organization.");

    private IReadOnlyCollection<IFact> GoWithout(Guid person, IFact going)
    {
        if (Members[person] == Role.Owner) KeepAnOwner();
        return [going];
    }

    private void KeepAnOwner()
    {
        if (Owners == 1) throw new DomainException("last_owner", "An organization needs an owner: hand it over to another member first.");
    }

    private Organization EvolveMembers(IFact fact) => fact switch
    {
        MemberJoined joined => this with { Members = Members.SetItem(joined.PersonId, joined.Role) },
        RoleChanged changed => this with { Members = Members.SetItem(changed.PersonId, changed.Role) },
        MemberRemoved removed => this with { Members = Members.Remove(removed.PersonId) },
        MemberLeft left => this with { Members = Members.Remove(left.PersonId) },
        OwnershipTransferred moved => this with { Members = Members.SetItem(moved.From, Role.Admin).SetItem(moved.To, Role.Owner) },
        _ => EvolveInvitations(fact),
    };
}
