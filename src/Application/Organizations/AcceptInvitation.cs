using EventEngine.Application.EventStore;
using EventEngine.Application.Shared;
using EventEngine.Domain.Organizations;
using EventEngine.Domain.Shared;
using MediatR;

namespace EventEngine.Application.Organizations;

/// <summary>Joins by the token of a letter, as whoever is signed in: the letter's reader decides which of her accounts that is.</summary>
/// <exception cref="NotFoundException">The token is unknown, expired, revoked or used: they are never told apart.</exception>
/// <exception cref="OrganizationDisabledException">The operator has turned the organization off.</exception>
public sealed record AcceptInvitation(InvitationToken Token, Guid PersonId) : IRequest<Joined>
{
    internal sealed class Handler(IEventStore store, IInvitations invitations, TimeProvider time) : IRequestHandler<AcceptInvitation, Joined>
    {
        public async Task<Joined> Handle(AcceptInvitation command, CancellationToken ct)
        {
            var now = time.GetUtcNow();
            var invitation = await invitations.FindAsync(command.Token.Digest(), ct);
            if (invitation is null || invitation.ExpiresAt <= now) throw new NotFoundException("invitation");
            var organization = invitation.Organization;
            var appended = await store.DecideAsync(
                StreamName.Organization(organization),
                Organization.Initial,
                Organization.Evolve,
                state => state.Invitations.ContainsKey(invitation.Id)
                    ? state.AcceptInvitation(invitation.Id, command.PersonId, now)
                    : throw new NotFoundException("invitation"),
                Tenancy.About(Actor.Person(organization, command.PersonId)),
                ct);
            await invitations.ForgetAsync(organization, invitation.Id, ct);
            return new Joined(organization, appended!.Value.Position);
        }
    }
}

/// <summary>Where a person belongs now, and where it was written.</summary>
public sealed record Joined(OrganizationId Organization, StorePosition Position);
