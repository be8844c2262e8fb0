using EventEngine.Application.People;
using EventEngine.Application.Shared;
using EventEngine.Domain.Organizations;
using MediatR;

namespace EventEngine.Application.Organizations;

/// <summary>What the token of a letter offers to its reader.</summary>
/// <exception cref="NotFoundException">The token is unknown, expired, revoked or used: they are never told apart.</exception>
public sealed record GetInvitation(InvitationToken Token) : IRequest<Answer<InvitationOffer>>
{
    internal sealed class Handler(ReadModels readModels, IInvitations invitations, IPeople people, TimeProvider time)
        : IRequestHandler<GetInvitation, Answer<InvitationOffer>>
    {
        private const string Sql = """
            select name, role from views.invitations join views.organizations using (organization_id)
            where organization_id = @organization and invitation_id = @invitation
            """;

        public async Task<Answer<InvitationOffer>> Handle(GetInvitation query, CancellationToken ct)
        {
            var invitation = await invitations.FindAsync(query.Token.Digest(), ct);
            if (invitation is null || invitation.ExpiresAt <= time.GetUtcNow()) throw new NotFoundException("invitation");
            var hasAccount = await people.FindByEmailAsync(invitation.Email, ct) is not null;
            return await readModels.ForOrganizationAsync(invitation.Organization, ProjectionNames.Organizations, async (db, organization) =>
                await db.FindAsync<Row>(Sql, new { organization, invitation = invitation.Id }) is { } row
                    ? new InvitationOffer(invitation.Organization, row.Name, invitation.Email, Enum.Parse<Role>(row.Role, ignoreCase: true), hasAccount)
                    : throw new NotFoundException("invitation"), ct);
        }

        private sealed record Row(string Name, string Role);
    }
}

/// <param name="Email">Where the letter went.</param>
/// <param name="HasAccount">Whether that address signs somebody in; for nobody's eyes but its own reader's.</param>
public sealed record InvitationOffer(OrganizationId Organization, string Name, string Email, Role Role, bool HasAccount);
