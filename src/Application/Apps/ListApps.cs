using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using MediatR;

namespace EventEngine.Application.Apps;

/// <summary>The apps of an organization with their health, by name and environment.</summary>
public sealed record ListApps(OrganizationId Organization) : IRequest<Answer<IReadOnlyList<AppRow>>>
{
    internal sealed class Handler(ReadModels readModels, IMediator mediator, TimeProvider time)
        : IRequestHandler<ListApps, Answer<IReadOnlyList<AppRow>>>
    {
        private const string Sql = "select app_id, name, environment from views.apps where app_id = any(@apps) order by name, environment, app_id";

        public async Task<Answer<IReadOnlyList<AppRow>>> Handle(ListApps query, CancellationToken ct)
        {
            var apps = await readModels.ForAppsOfAsync(
                query.Organization, ProjectionNames.Apps, (db, ids) => db.ListAsync<Row>(Sql, new { apps = ids }), ct);
            var condition = await AppCondition.ReadAsync(mediator, query.Organization, time.GetUtcNow(), ct);
            return new Answer<IReadOnlyList<AppRow>>([.. apps.Value.Select(row => Describe(row, condition))], condition.AsOf);
        }

        private static AppRow Describe(Row row, AppCondition condition)
        {
            var id = new AppId(row.AppId);
            var seen = condition.SightingOf(id);
            return new AppRow(id, row.Name, row.Environment, condition.HealthOf(id), seen?.LastSeenAt, seen?.LastHeartbeatAt, seen?.GemVersion);
        }

        private sealed record Row(Guid AppId, string Name, string Environment);
    }
}

public sealed record AppRow(
    AppId Id, string Name, string Environment, AppHealth Health, DateTimeOffset? LastSeenAt, DateTimeOffset? LastHeartbeatAt, string? GemVersion);
