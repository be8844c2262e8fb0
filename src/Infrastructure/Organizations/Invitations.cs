using Dapper;
using EventEngine.Application.Organizations;
using EventEngine.Application.People;
using EventEngine.Domain.Organizations;
using Npgsql;

namespace EventEngine.Infrastructure.Organizations;

public sealed class Invitations(NpgsqlDataSource dataSource) : IInvitations
{
    private const string Columns = "invitation_id, organization_id, email, sent_at, expires_at";

    // An update that changes nothing, so that the row that stands is given back.
    private const string Keep = """
        insert into app.invitations (invitation_id, organization_id, email, normalized_email, digest, sent_at, expires_at)
        values (@id, @organization, @email, @normalized, @digest, @sentAt, @expiresAt)
        on conflict (organization_id, normalized_email) do update set normalized_email = excluded.normalized_email
        returning invitation_id
        """;

    private const string Renew = $"""
        update app.invitations set digest = @digest, sent_at = @now, expires_at = @expiresAt
        where organization_id = @organization and invitation_id = @id and sent_at <= @sentBefore returning {Columns}
        """;

    private const string Find = $"select {Columns} from app.invitations where digest = @digest";
    private const string List = $"select {Columns} from app.invitations where organization_id = @organization";
    private const string Forget = "delete from app.invitations where organization_id = @organization and invitation_id = @id";

    public async Task<Guid> KeepAsync(Invitation invitation, byte[] digest, CancellationToken ct)
    {
        await using var db = await dataSource.OpenConnectionAsync(ct);
        var row = new
        {
            invitation.Id,
            organization = invitation.Organization.Value,
            invitation.Email,
            normalized = Person.Normalize(invitation.Email),
            digest,
            invitation.SentAt,
            invitation.ExpiresAt,
        };
        return await db.QuerySingleAsync<Guid>(new CommandDefinition(Keep, row, cancellationToken: ct));
    }

    public async Task<Invitation?> RenewAsync(OrganizationId organization, Guid id, byte[] digest, DateTimeOffset now, TimeSpan pause, CancellationToken ct)
    {
        var row = new { organization = organization.Value, id, digest, now, expiresAt = now + Invitation.Lifetime, sentBefore = now - pause };
        return (await QueryAsync(Renew, row, ct)).SingleOrDefault();
    }

    public async Task<Invitation?> FindAsync(byte[] digest, CancellationToken ct) => (await QueryAsync(Find, new { digest }, ct)).SingleOrDefault();

    public async Task<IReadOnlyDictionary<Guid, Invitation>> ListAsync(OrganizationId organization, CancellationToken ct) =>
        (await QueryAsync(List, new { organization = organization.Value }, ct)).ToDictionary(invitation => invitation.Id);

    public async Task ForgetAsync(OrganizationId organization, Guid id, CancellationToken ct)
    {
        await using var db = await dataSource.OpenConnectionAsync(ct);
        await db.ExecuteAsync(new CommandDefinition(Forget, new { organization = organization.Value, id }, cancellationToken: ct));
    }

    private async Task<IEnumerable<Invitation>> QueryAsync(string sql, object parameters, CancellationToken ct)
    {
        await using var db = await dataSource.OpenConnectionAsync(ct);
        var rows = await db.QueryAsync<Row>(new CommandDefinition(sql, parameters, cancellationToken: ct));
        return rows.Select(row => new Invitation(row.InvitationId, new OrganizationId(row.OrganizationId), row.Email, row.SentAt, row.ExpiresAt));
    }

    private sealed record Row(Guid InvitationId, Guid OrganizationId, string Email, DateTimeOffset SentAt, DateTimeOffset ExpiresAt);
}
