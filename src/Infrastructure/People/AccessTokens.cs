using Dapper;
using EventEngine.Application.People;
using EventEngine.Domain.Organizations;
using Npgsql;

namespace EventEngine.Infrastructure.People;

public sealed class AccessTokens(NpgsqlDataSource dataSource) : IAccessTokens
{
    private const string Keep = """
        insert into app.access_tokens (token_id, organization_id, name, digest, created_at, expires_at)
        values (@id, @organization, @name, @digest, @at, @expiresAt) on conflict (digest) do nothing
        """;

    private const string Find = "select organization_id, expires_at from app.access_tokens where digest = @digest and revoked_at is null";

    public async Task KeepAsync(
        OrganizationId organization, string name, byte[] digest, DateTimeOffset at, DateTimeOffset? expiresAt, CancellationToken ct)
    {
        await using var db = await dataSource.OpenConnectionAsync(ct);
        var row = new { id = Guid.CreateVersion7(at), organization = organization.Value, name, digest, at, expiresAt };
        await db.ExecuteAsync(new CommandDefinition(Keep, row, cancellationToken: ct));
    }

    public async Task<AccessToken?> FindAsync(byte[] digest, CancellationToken ct)
    {
        await using var db = await dataSource.OpenConnectionAsync(ct);
        var row = await db.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(Find, new { digest }, cancellationToken: ct));
        return row is null ? null : new AccessToken(new OrganizationId(row.OrganizationId), row.ExpiresAt);
    }

    private sealed record Row(Guid OrganizationId, DateTimeOffset? ExpiresAt);
}
