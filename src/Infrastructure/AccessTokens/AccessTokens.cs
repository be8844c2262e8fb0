using Dapper;
using EventEngine.Application.AccessTokens;
using EventEngine.Domain.Organizations;
using Npgsql;

namespace EventEngine.Infrastructure.AccessTokens;

public sealed class AccessTokens(NpgsqlDataSource dataSource) : IAccessTokens
{
    private const string Keep = """
        insert into app.access_tokens (token_id, organization_id, name, digest, scopes, created_at, created_by, expires_at)
        values (@id, @organization, @name, @digest, @scopes, @createdAt, @createdBy, @expiresAt) on conflict do nothing
        """;

    private const string Select =
        "select token_id, organization_id, name, scopes, created_at, expires_at, created_by, last_used_at from app.access_tokens where revoked_at is null";

    private const string ByDigest = Select + " and digest = @digest";
    private const string ByOrganization = Select + " and organization_id = @organization order by created_at desc, token_id";
    private const string Revoke = "update app.access_tokens set revoked_at = @at where token_id = @token and organization_id = @organization and revoked_at is null";

    public async Task KeepAsync(AccessToken token, byte[] digest, CancellationToken ct)
    {
        var row = new
        {
            token.Id,
            organization = token.Organization.Value,
            token.Name,
            digest,
            scopes = token.Scopes.Select(scope => scope.Scope()).ToArray(),
            token.CreatedAt,
            token.CreatedBy,
            token.ExpiresAt,
        };
        await ExecuteAsync(Keep, row, ct);
    }

    public async Task<AccessToken?> FindAsync(byte[] digest, CancellationToken ct) => (await QueryAsync(ByDigest, new { digest }, ct)).SingleOrDefault();

    public async Task<IReadOnlyList<AccessToken>> ListAsync(OrganizationId organization, CancellationToken ct) =>
        [.. await QueryAsync(ByOrganization, new { organization = organization.Value }, ct)];

    public Task RevokeAsync(OrganizationId organization, Guid token, DateTimeOffset at, CancellationToken ct) =>
        ExecuteAsync(Revoke, new { organization = organization.Value, token, at }, ct);

    public Task UsedAsync(Guid token, DateTimeOffset at, CancellationToken ct) =>
        ExecuteAsync("update app.access_tokens set last_used_at = @at where token_id = @token", new { token, at }, ct);

    private async Task<IEnumerable<AccessToken>> QueryAsync(string sql, object parameters, CancellationToken ct)
    {
        await using var db = await dataSource.OpenConnectionAsync(ct);
        return (await db.QueryAsync<Row>(new CommandDefinition(sql, parameters, cancellationToken: ct))).Select(row => row.ToToken());
    }

    private async Task ExecuteAsync(string sql, object parameters, CancellationToken ct)
    {
        await using var db = await dataSource.OpenConnectionAsync(ct);
        await db.ExecuteAsync(new CommandDefinition(sql, parameters, cancellationToken: ct));
    }

    private sealed record Row(
        Guid TokenId, Guid OrganizationId, string Name, string[] Scopes, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, Guid? CreatedBy, DateTimeOffset? LastUsedAt)
    {
        public AccessToken ToToken() => new(
            TokenId, new OrganizationId(OrganizationId), Name, [.. Scopes.Select(PermissionRule.OfScope).OfType<Permission>()], CreatedAt, ExpiresAt, CreatedBy, LastUsedAt);
    }
}
