using EventEngine.Application.Shared;
using EventEngine.Domain.Organizations;
using MediatR;

namespace EventEngine.Application.Organizations;

/// <summary>The plans of organizations, across tenants: for those who watch quotas, never for showing.</summary>
public sealed record FindPlans(IReadOnlyCollection<OrganizationId> Organizations) : IRequest<IReadOnlyDictionary<OrganizationId, Plan>>
{
    internal sealed class Handler(ReadModels readModels) : IRequestHandler<FindPlans, IReadOnlyDictionary<OrganizationId, Plan>>
    {
        private const string Sql = "select organization_id, plan from views.organizations where organization_id = any(@ids)";

        public async Task<IReadOnlyDictionary<OrganizationId, Plan>> Handle(FindPlans query, CancellationToken ct)
        {
            var ids = query.Organizations.Select(organization => organization.Value).ToArray();
            var answer = await readModels.ReadAsync(ProjectionNames.Organizations, db => db.ListAsync<Row>(Sql, new { ids }), ct);
            return answer.Value.ToDictionary(row => new OrganizationId(row.OrganizationId), row => Enum.Parse<Plan>(row.Plan, ignoreCase: true));
        }

        private sealed record Row(Guid OrganizationId, string Plan);
    }
}
