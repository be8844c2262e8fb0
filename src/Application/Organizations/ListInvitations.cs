using EventEngine.Application.Shared;
using EventEngine.Domain.Organizations;
using MediatR;

namespace EventEngine.Application.Organizations;

/// <summary>The open invitations of an organization, the newest first; expired ones among them, since they can be sent again.</summary>
public sealed record ListInvitations(OrganizationId Organization) : IRequest<Answer<IReadOnlyList<OpenInvitation>>>
{
    internal sealed class Handler(ReadModels readModels, IInvitations invitations) : IRequestHandler<ListInvitations, Answer<IReadOnlyList<OpenInvitation>>>
    {
        private const string Sql = "select invitation_id, role from views.invitations where organization_id = @id order by invited_at desc, invitation_id";

        public async Task<Answer<IReadOnlyList<OpenInvitation>>> Handle(ListInvitations query, CancellationToken ct)
        {
            var rows = await readModels.ForOrganizationAsync(query.Organization, ProjectionNames.Organizations, (db, id) => db.ListAsync<Row>(Sql, new { id }), ct);
            var kept = await invitations.ListAsync(query.Organization, ct);
            var open = from row in rows.Value
                       where kept.ContainsKey(row.InvitationId)
                       let invitation = kept[row.InvitationId]
                       select new OpenInvitation(row.InvitationId, invitation.Email, Enum.Parse<Role>(row.Role, ignoreCase: true), invitation.SentAt, invitation.ExpiresAt);
            return new Answer<IReadOnlyList<OpenInvitation>>([.. open], rows.AsOf);
        }

        private sealed record Row(Guid InvitationId, string Role);
    }
}

public sealed record OpenInvitation(Guid Id, string Email, Role Role, DateTimeOffset SentAt, DateTimeOffset ExpiresAt);
