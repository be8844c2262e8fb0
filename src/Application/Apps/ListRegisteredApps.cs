using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using MediatR;

namespace EventEngine.Application.Apps;

/// <summary>The apps of an organization with their keys, by name and environment.</summary>
public sealed record ListRegisteredApps(OrganizationId Organization) : IRequest<Answer<IReadOnlyList<RegisteredApp>>>
{
    internal sealed class Handler(ReadModels readModels) : IRequestHandler<ListRegisteredApps, Answer<IReadOnlyList<RegisteredApp>>>
    {
        private const string Sql = """
            select a.app_id, a.name, a.environment, a.registered_at, count(k.key_id)::int as active_keys, max(v.last_used_at) as last_used_at
            from views.apps a
            left join views.api_keys k on k.app_id = a.app_id and k.revoked_at is null
            left join app.api_keys v on v.key_id = k.key_id
            where a.app_id = any(@apps) group by a.app_id order by a.name, a.environment, a.app_id
            """;

        public Task<Answer<IReadOnlyList<RegisteredApp>>> Handle(ListRegisteredApps query, CancellationToken ct) =>
            readModels.ForAppsOfAsync<IReadOnlyList<RegisteredApp>>(query.Organization, ProjectionNames.Apps, async (db, apps) =>
                [.. (await db.ListAsync<Row>(Sql, new { apps })).Select(row => row.ToApp())], ct);

        private sealed record Row(Guid AppId, string Name, string Environment, DateTimeOffset RegisteredAt, int ActiveKeys, DateTimeOffset? LastUsedAt)
        {
            public RegisteredApp ToApp() => new(new AppId(AppId), Name, Environment, RegisteredAt, ActiveKeys, LastUsedAt);
        }
    }
}

/// <param name="LastUsedAt">Of any of its active keys, to the minute; null: never.</param>
public sealed record RegisteredApp(AppId Id, string Name, string Environment, DateTimeOffset RegisteredAt, int ActiveKeys, DateTimeOffset? LastUsedAt);
