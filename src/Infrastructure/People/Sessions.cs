using Dapper;
using EventEngine.Application.People;
using EventEngine.Domain.Organizations;
using Npgsql;

namespace EventEngine.Infrastructure.People;

/// <summary>Every ending and switch is announced, so that each node cuts the live connections that leaned on it.</summary>
public sealed class Sessions(NpgsqlDataSource dataSource) : ISessions
{
    private const string Open = """
        delete from app.sessions where expires_at <= @CreatedAt;
        insert into app.sessions (session_id, digest, person_id, organization_id, kind, user_agent, created_at, last_seen_at, expires_at)
        values (@Id, @digest, @PersonId, @organization, @kind, @UserAgent, @CreatedAt, @LastSeenAt, @ExpiresAt)
        """;

    private const string Select = """
        select session_id as id, person_id as personid, organization_id as organizationid, kind, user_agent as useragent,
               created_at as createdat, last_seen_at as lastseenat, expires_at as expiresat
        from app.sessions
        """;

    private const string Announce = $"select pg_notify('{SessionChange.Channel}', @person::text)";

    public Task OpenAsync(Session session, byte[] digest, CancellationToken ct)
    {
        var (organization, kind) = (session.Organization?.Value, session.Kind.ToString().ToLowerInvariant());
        var row = new { session.Id, digest, session.PersonId, organization, kind, session.UserAgent, session.CreatedAt, session.LastSeenAt, session.ExpiresAt };
        return ExecuteAsync(Open, row, ct);
    }

    public Task<Session?> FindAsync(byte[] digest, DateTimeOffset now, CancellationToken ct) =>
        FindAsync(Select + " where digest = @digest and expires_at > @now", new { digest, now }, ct);

    public Task<Session?> FindAsync(Guid id, DateTimeOffset now, CancellationToken ct) =>
        FindAsync(Select + " where session_id = @id and expires_at > @now", new { id, now }, ct);

    public async Task<IReadOnlyList<Session>> ListAsync(Guid person, DateTimeOffset now, CancellationToken ct)
    {
        const string Sql = Select + " where person_id = @person and expires_at > @now order by last_seen_at desc, session_id";
        await using var db = await dataSource.OpenConnectionAsync(ct);
        return [.. (await db.QueryAsync<Row>(new CommandDefinition(Sql, new { person, now }, cancellationToken: ct))).Select(row => row.ToSession())];
    }

    public Task SeenAsync(Guid id, DateTimeOffset at, DateTimeOffset expiresAt, CancellationToken ct) =>
        ExecuteAsync("update app.sessions set last_seen_at = @at, expires_at = @expiresAt where session_id = @id", new { id, at, expiresAt }, ct);

    public Task SwitchAsync(Guid id, OrganizationId organization, CancellationToken ct)
    {
        const string Sql = $"""
            update app.sessions set organization_id = @organization where session_id = @id;
            select pg_notify('{SessionChange.Channel}', person_id::text) from app.sessions where session_id = @id
            """;
        return ExecuteAsync(Sql, new { id, organization = organization.Value }, ct);
    }

    public Task EndAsync(Guid person, Guid id, CancellationToken ct) =>
        ExecuteAsync($"delete from app.sessions where session_id = @id and person_id = @person; {Announce}", new { person, id }, ct);

    public Task EndAllAsync(Guid person, Guid? except, CancellationToken ct) =>
        ExecuteAsync($"delete from app.sessions where person_id = @person and session_id is distinct from @except; {Announce}", new { person, except }, ct);

    private async Task<Session?> FindAsync(string sql, object parameters, CancellationToken ct)
    {
        await using var db = await dataSource.OpenConnectionAsync(ct);
        return (await db.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(sql, parameters, cancellationToken: ct)))?.ToSession();
    }

    private async Task ExecuteAsync(string sql, object parameters, CancellationToken ct)
    {
        await using var db = await dataSource.OpenConnectionAsync(ct);
        await db.ExecuteAsync(new CommandDefinition(sql, parameters, cancellationToken: ct));
    }

    private sealed record Row(
        Guid Id, Guid PersonId, Guid? OrganizationId, string Kind, string? UserAgent, DateTimeOffset CreatedAt, DateTimeOffset LastSeenAt, DateTimeOffset ExpiresAt)
    {
        public Session ToSession() => new(
            Id, PersonId, OrganizationId is { } id ? new OrganizationId(id) : null, Enum.Parse<SessionKind>(Kind, ignoreCase: true),
            UserAgent, CreatedAt, LastSeenAt, ExpiresAt);
    }
}
