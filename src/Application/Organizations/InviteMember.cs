using EventEngine.Application.EventStore;
using EventEngine.Application.Mail;
using EventEngine.Application.People;
using EventEngine.Application.Shared;
using EventEngine.Domain.Organizations;
using EventEngine.Domain.Shared;
using FluentValidation;
using MediatR;

namespace EventEngine.Application.Organizations;

/// <summary>Asks somebody by letter to join. The answer is the same whether the address has an account or not.</summary>
/// <param name="MailOrigin">Ours, for the letter's link; null: not known for sure.</param>
/// <exception cref="DomainException">The address belongs to a member, or has an open invitation.</exception>
public sealed record InviteMember(Actor By, string Email, Role Role, string? MailOrigin) : IRequest<StorePosition?>
{
    public sealed class Validator : AbstractValidator<InviteMember>
    {
        public Validator()
        {
            RuleFor(command => command.Email).Must(MailAddresses.IsOne).WithMessage("This is no email address.");
            RuleFor(command => command.Role).IsInEnum();
        }
    }

    internal sealed class Handler(Tenancy tenancy, IInvitations invitations, IPeople people, InvitationLetter letter, TimeProvider time)
        : IRequestHandler<InviteMember, StorePosition?>
    {
        public async Task<StorePosition?> Handle(InviteMember command, CancellationToken ct)
        {
            var (now, token, origin) = (time.GetUtcNow(), InvitationToken.Create(), InvitationLetter.OriginOf(command.MailOrigin));
            var state = await tenancy.PermitAsync(command.By, Permission.ManagePeople, ct);
            await RefuseMembersAsync(state, command.Email, ct);
            var invitation = new Invitation(Guid.NewGuid(), command.By.Organization, command.Email, now, now + Invitation.Lifetime);
            state.Invite(command.By, invitation.Id, command.Role, now); // refused before anything is kept
            invitation = await KeepAsync(state, invitation, token, ct);
            var position = await tenancy.DecideAsync(
                command.By, Permission.ManagePeople, current => current.Invite(command.By, invitation.Id, command.Role, now), ct);
            await letter.SendAsync(invitation, token, state.Name, command.Role, command.By.PersonId, origin, ct);
            return position;
        }

        private async Task RefuseMembersAsync(Organization state, string email, CancellationToken ct)
        {
            if (await people.FindByEmailAsync(email, ct) is { } known && state.Members.ContainsKey(known.Id))
                throw new DomainException("already_member", "This address belongs to a member already.");
        }

        // A row without a fact is what a crash between the two left behind: its id is taken up again.
        private async Task<Invitation> KeepAsync(Organization state, Invitation invitation, InvitationToken token, CancellationToken ct)
        {
            var id = await invitations.KeepAsync(invitation, token.Digest(), ct);
            if (id == invitation.Id) return invitation;
            if (state.Invitations.ContainsKey(id)) throw new DomainException("already_invited", "This address has an open invitation: send that one again.");
            await invitations.RenewAsync(invitation.Organization, id, token.Digest(), invitation.SentAt, TimeSpan.Zero, ct);
            return invitation with { Id = id };
        }
    }
}
