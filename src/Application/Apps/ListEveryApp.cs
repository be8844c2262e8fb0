using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using MediatR;

namespace EventEngine.Application.Apps;

/// <summary>Every tenant's apps that were not deleted: for operators, never for showing to a tenant.</summary>
public sealed record ListEveryApp : IRequest<IReadOnlyList<OwnedApp>>
{
    internal sealed class Handler(ReadModels readModels) : IRequestHandler<ListEveryApp, IReadOnlyList<OwnedApp>>
    {
        private const string Sql = "select app_id as app, organization_id as organization, name from views.apps where deleted_at is null";

        public async Task<IReadOnlyList<OwnedApp>> Handle(ListEveryApp query, CancellationToken ct)
        {
            var answer = await readModels.ReadAsync(ProjectionNames.Apps, db => db.ListAsync<Row>(Sql), ct);
            return [.. answer.Value.Select(row => new OwnedApp(new AppId(row.App), new OrganizationId(row.Organization), row.Name))];
        }

        private sealed record Row(Guid App, Guid Organization, string Name);
    }
}

public sealed record OwnedApp(AppId App, OrganizationId Organization, string Name);
