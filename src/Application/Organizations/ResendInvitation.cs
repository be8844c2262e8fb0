using EventEngine.Application.EventStore;
using EventEngine.Application.Shared;
using EventEngine.Domain.Organizations;
using EventEngine.Domain.Shared;
using MediatR;

namespace EventEngine.Application.Organizations;

/// <summary>Sends an invitation once more, with a new token: the old link ends at once, and the week begins anew.</summary>
/// <param name="MailOrigin">Ours, for the letter's link; null: not known for sure.</param>
/// <exception cref="DomainException">It is not open, or was sent less than a minute ago.</exception>
public sealed record ResendInvitation(Actor By, Guid InvitationId, string? MailOrigin) : IRequest<StorePosition?>
{
    internal sealed class Handler(Tenancy tenancy, IInvitations invitations, InvitationLetter letter, TimeProvider time)
        : IRequestHandler<ResendInvitation, StorePosition?>
    {
        private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

        public async Task<StorePosition?> Handle(ResendInvitation command, CancellationToken ct)
        {
            var (now, token, origin) = (time.GetUtcNow(), InvitationToken.Create(), InvitationLetter.OriginOf(command.MailOrigin));
            var state = await tenancy.PermitAsync(command.By, Permission.ManagePeople, ct);
            state.ResendInvitation(command.By, command.InvitationId, now); // refused before the old link ends
            var invitation = await invitations.RenewAsync(command.By.Organization, command.InvitationId, token.Digest(), now, Pause, ct)
                ?? throw new DomainException("too_soon", "This invitation was sent less than a minute ago.");
            var position = await tenancy.DecideAsync(
                command.By, Permission.ManagePeople, current => current.ResendInvitation(command.By, command.InvitationId, now), ct);
            await letter.SendAsync(invitation, token, state.Name, state.Invitations[command.InvitationId], command.By.PersonId, origin, ct);
            return position;
        }
    }
}
