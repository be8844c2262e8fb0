using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using MediatR;

namespace EventEngine.Application.Apps;

/// <summary>The keys of an app as far as they may be shown: active ones first, the newest at the head.</summary>
/// <exception cref="NotFoundException">The organization has no such app.</exception>
public sealed record ListApiKeys(OrganizationId Organization, AppId App) : IRequest<Answer<IReadOnlyList<ApiKeyRow>>>
{
    internal sealed class Handler(ReadModels readModels) : IRequestHandler<ListApiKeys, Answer<IReadOnlyList<ApiKeyRow>>>
    {
        private const string Sql = """
            select k.key_id as id, k.prefix, k.last_four, k.issued_at, v.last_used_at, k.revoked_at
            from views.api_keys k left join app.api_keys v on v.key_id = k.key_id
            where k.app_id = @app order by k.revoked_at is not null, k.issued_at desc, k.key_id
            """;

        public Task<Answer<IReadOnlyList<ApiKeyRow>>> Handle(ListApiKeys query, CancellationToken ct) =>
            readModels.ForAppAsync(query.Organization, query.App, ProjectionNames.Apps, db => db.ListAsync<ApiKeyRow>(Sql, new { app = query.App.Value }), ct);
    }
}

/// <param name="Prefix">Empty for a key that was not made here.</param>
/// <param name="LastUsedAt">To the minute; null: never.</param>
public sealed record ApiKeyRow(Guid Id, string Prefix, string LastFour, DateTimeOffset IssuedAt, DateTimeOffset? LastUsedAt, DateTimeOffset? RevokedAt)
{
    public bool IsActive => RevokedAt is null;
}
