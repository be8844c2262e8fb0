using Dapper;
using EventEngine.Application.Apps;
using EventEngine.Domain.Apps;
using Npgsql;

namespace EventEngine.Infrastructure.Apps;

public sealed class KeyTraces(NpgsqlDataSource dataSource) : IKeyTraces
{
    private const int TimeoutSeconds = 2;

    private const string Find = """
        with sent as (select * from unnest(@digests, @beginnings) with ordinality as s (digest, beginning, place))
        select s.place::int - 1 as sent, k.app_id, coalesce(v.last_four, '') as last_four, k.revoked_at
        from sent s join app.api_keys k on k.digest = s.digest and k.revoked_at is not null
        left join views.api_keys v on v.key_id = k.key_id
        union all
        select s.place::int - 1, k.app_id, coalesce(v.last_four, ''), null
        from sent s join app.api_keys k on k.beginning_digest = s.beginning and k.revoked_at is null and k.digest <> s.digest
        left join views.api_keys v on v.key_id = k.key_id
        where not exists (select 1 from app.api_keys known where known.digest = s.digest)
        """;

    public async Task<IReadOnlyList<KeyTrace>> FindAsync(IReadOnlyList<SentKey> keys, CancellationToken ct)
    {
        await using var db = await dataSource.OpenConnectionAsync(ct);
        var sent = new { digests = keys.Select(key => key.Digest).ToArray(), beginnings = keys.Select(key => key.Beginning).ToArray() };
        var rows = await db.QueryAsync<Row>(new CommandDefinition(Find, sent, commandTimeout: TimeoutSeconds, cancellationToken: ct));
        return [.. rows.Select(row => new KeyTrace(row.Sent, new AppId(row.AppId), row.LastFour, row.RevokedAt))];
    }

    private sealed record Row(int Sent, Guid AppId, string LastFour, DateTimeOffset? RevokedAt);
}
