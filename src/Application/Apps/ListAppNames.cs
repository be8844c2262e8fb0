using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using MediatR;

namespace EventEngine.Application.Apps;

/// <summary>What the apps of an organization are called, by name and environment: without their health, which costs more.</summary>
public sealed record ListAppNames(OrganizationId Organization) : IRequest<Answer<IReadOnlyList<AppName>>>
{
    internal sealed class Handler(ReadModels readModels) : IRequestHandler<ListAppNames, Answer<IReadOnlyList<AppName>>>
    {
        private const string Sql = "select app_id, name, environment from views.apps where app_id = any(@apps) order by name, environment, app_id";

        public Task<Answer<IReadOnlyList<AppName>>> Handle(ListAppNames query, CancellationToken ct) =>
            readModels.ForAppsOfAsync<IReadOnlyList<AppName>>(query.Organization, ProjectionNames.Apps, async (db, apps) =>
                [.. (await db.ListAsync<Row>(Sql, new { apps })).Select(row => new AppName(new AppId(row.AppId), row.Name, row.Environment))], ct);

        private sealed record Row(Guid AppId, string Name, string Environment);
    }
}

public sealed record AppName(AppId App, string Name, string Environment);
