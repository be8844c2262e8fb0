using Dapper;
using EventEngine.Application.Ingestion;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using Npgsql;

namespace EventEngine.Infrastructure.Ingestion;

public sealed class PostgresReporterDirectory(NpgsqlDataSource dataSource) : IReporterDirectory
{
    private const int TimeoutSeconds = 2;

    private const string Find = """
        select k.digest, k.key_id, k.app_id, a.organization_id, o.plan, o.disabled_at is not null as is_disabled
        from app.api_keys k
        left join views.apps a on a.app_id = k.app_id
        left join views.organizations o on o.organization_id = a.organization_id
        where k.digest = any (@digests) and k.revoked_at is null
        """;

    public async Task<IReadOnlyDictionary<KeyDigest, Reporter?>> FindAsync(IReadOnlyCollection<KeyDigest> keys, CancellationToken ct)
    {
        try
        {
            await using var db = await dataSource.OpenConnectionAsync(ct);
            var digests = keys.Select(key => key.ToArray()).ToArray();
            var rows = await db.QueryAsync<Row>(new CommandDefinition(Find, new { digests }, commandTimeout: TimeoutSeconds, cancellationToken: ct));
            return rows.ToDictionary(row => KeyDigest.From(row.Digest), ReporterOf);
        }
        catch (Exception error) when (error is NpgsqlException or TimeoutException)
        {
            throw new ReportersUnavailableException("API keys can't be looked up now.", error);
        }
    }

    private static Reporter? ReporterOf(Row row) => row is { OrganizationId: { } organization, Plan: { } plan }
        ? new Reporter(new AppId(row.AppId), new OrganizationId(organization), row.KeyId, Enum.Parse<Plan>(plan, ignoreCase: true), Enabled: !row.IsDisabled)
        : null;

    private sealed record Row(byte[] Digest, Guid KeyId, Guid AppId, Guid? OrganizationId, string? Plan, bool IsDisabled);
}
