using System.Collections.Immutable;
using EventEngine.Domain.Shared;

namespace EventEngine.Domain.Organizations;

/// <summary>Whom it has asked to join. The addresses are kept elsewhere.</summary>
public sealed partial record Organization
{
    /// <summary>Keeps a stolen session from writing to half the world.</summary>
    public const int MaxOpenInvitations = 100;

    /// <summary>Open ones, with the role that they offer.</summary>
    public ImmutableDictionary<Guid, Role> Invitations { get; private init; } = ImmutableDictionary<Guid, Role>.Empty;

    /// <summary>Repeated, it says nothing new.</summary>
    /// <exception cref="RoleNeededException">Only owners make owners.</exception>
    /// <exception cref="DomainException">Too many are open.</exception>
    public IReadOnlyCollection<IFact> Invite(Actor by, Guid invitation, Role role, DateTimeOffset at)
    {
        if (role == Role.Owner) Demand(by, Permission.ManageOrganization);
        if (Invitations.ContainsKey(invitation)) return [];
        if (Invitations.Count >= MaxOpenInvitations)
            throw new DomainException("too_many_invitations", $"{MaxOpenInvitations} invitations are open: revoke some of them first.");
        return [new MemberInvited(at, invitation, role)];
    }

    /// <exception cref="RoleNeededException">It offers the role of an owner, and the caller is none.</exception>
    /// <exception cref="DomainException">It is not open.</exception>
    public IReadOnlyCollection<IFact> ResendInvitation(Actor by, Guid invitation, DateTimeOffset at)
    {
        if (OfferOf(invitation) == Role.Owner) Demand(by, Permission.ManageOrganization);
        return [new InvitationResent(at, invitation)];
    }

    /// <summary>Repeated, it says nothing new.</summary>
    /// <exception cref="RoleNeededException">It offers the role of an owner, and the caller is none.</exception>
    public IReadOnlyCollection<IFact> RevokeInvitation(Actor by, Guid invitation, DateTimeOffset at)
    {
        if (!Invitations.TryGetValue(invitation, out var role)) return [];
        if (role == Role.Owner) Demand(by, Permission.ManageOrganization);
        return [new InvitationRevoked(at, invitation)];
    }

    /// <summary>Whoever belongs to the organization already keeps the role that she has.</summary>
    /// <exception cref="DomainException">It is not open.</exception>
    /// <exception cref="OrganizationDisabledException">The operator has turned the organization off.</exception>
    public IReadOnlyCollection<IFact> AcceptInvitation(Guid invitation, Guid person, DateTimeOffset at)
    {
        var role = OfferOf(invitation);
        if (!IsEnabled) throw new OrganizationDisabledException(DisabledReason);
        var accepted = new InvitationAccepted(at, invitation, person);
        return Members.ContainsKey(person) ? [accepted] : [accepted, new MemberJoined(at, person, role)];
    }

    private Role OfferOf(Guid invitation) =>
        Invitations.TryGetValue(invitation, out var role) ? role : throw new DomainException("invitation_closed", "This invitation is not open any more.");

    private Organization EvolveInvitations(IFact fact) => fact switch
    {
        MemberInvited invited => this with { Invitations = Invitations.SetItem(invited.InvitationId, invited.Role) },
        InvitationRevoked revoked => this with { Invitations = Invitations.Remove(revoked.InvitationId) },
        InvitationAccepted accepted => this with { Invitations = Invitations.Remove(accepted.InvitationId) },
        _ => this,
    };
}
