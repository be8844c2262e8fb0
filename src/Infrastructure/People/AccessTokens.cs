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

    public async Task KeepAsync(
        OrganizationId organization, string name, byte[] digest, DateTimeOffset at, DateTimeOffset? expiresAt, CancellationToken ct)
    {
        await using var db = await dataSource.OpenConnectionAsync(ct);
        var row = new { id = Guid.CreateVersion7(at), organization = organization.Value, name, digest, at, expiresAt };
        await db.ExecuteAsync(new CommandDefinition(Keep, row, cancellationToken: ct));
    }
}
