using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using MediatR;

namespace EventEngine.Application.Apps;

/// <summary>Which organization each app belongs to, across tenants: for routing live messages, never for showing. Unknown apps are left out.</summary>
public sealed record FindOwners(IReadOnlyCollection<AppId> Apps) : IRequest<IReadOnlyDictionary<AppId, OrganizationId>>
{
    internal sealed class Handler(ReadModels views) : IRequestHandler<FindOwners, IReadOnlyDictionary<AppId, OrganizationId>>
    {
        private const string Sql = "select app_id as app, organization_id as organization from views.apps where app_id = any(@apps)";

        public async Task<IReadOnlyDictionary<AppId, OrganizationId>> Handle(FindOwners query, CancellationToken ct)
        {
            var apps = query.Apps.Select(app => app.Value).ToArray();
            var answer = await views.ReadAsync(ProjectionNames.Apps, db => db.ListAsync<Row>(Sql, new { apps }), ct);
            return answer.Value.ToDictionary(row => new AppId(row.App), row => new OrganizationId(row.Organization));
        }

        private sealed record Row(Guid App, Guid Organization);
    }
}
