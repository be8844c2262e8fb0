using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using MediatR;

namespace EventEngine.Application.Entries;

/// <summary>Which versions the latest events of a name have, by app: the last 1,000 of each, received in the last 7 days.</summary>
public sealed record CountVersions(OrganizationId Organization, string EventName) : IRequest<Answer<IReadOnlyList<VersionCount>>>
{
    public const int Latest = 1_000;
    private const int Days = 7;

    internal sealed class Handler(ReadModels readModels, TimeProvider time) : IRequestHandler<CountVersions, Answer<IReadOnlyList<VersionCount>>>
    {
        private const string Sql = $"""
            select app as app_id, event_version, count(*) as events, min(at) as since
            from unnest(@apps) as wanted (app), lateral (
                select event_version, at from {Retained.Events}
                where app_id = app and event_name = @name and received_on >= @since order by at desc, event_id limit @latest) as latest
            group by app, event_version order by app, event_version
            """;

        public Task<Answer<IReadOnlyList<VersionCount>>> Handle(CountVersions query, CancellationToken ct) =>
            readModels.ForAppsOfAsync<IReadOnlyList<VersionCount>>(query.Organization, ProjectionNames.Entries, async (db, apps) =>
            {
                var since = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime).AddDays(-Days);
                var rows = await db.ListAsync<Row>(Sql, new { apps, name = query.EventName, since, latest = Latest });
                return [.. rows.Select(row => new VersionCount(new AppId(row.AppId), row.EventVersion, row.Events, row.Since))];
            }, ct);

        private sealed record Row(Guid AppId, int? EventVersion, long Events, DateTimeOffset Since);
    }
}

/// <param name="EventVersion">Null: the reporter says none.</param>
/// <param name="Since">Own time of the oldest of them.</param>
public sealed record VersionCount(AppId App, int? EventVersion, long Events, DateTimeOffset Since);
