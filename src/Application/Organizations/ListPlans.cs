using EventEngine.Application.Shared;
using EventEngine.Domain.Organizations;
using MediatR;

namespace EventEngine.Application.Organizations;

/// <summary>Every organization and its plan: for operators.</summary>
public sealed record ListPlans : IRequest<IReadOnlyList<OrganizationPlan>>
{
    internal sealed class Handler(ReadModels readModels) : IRequestHandler<ListPlans, IReadOnlyList<OrganizationPlan>>
    {
        private const string Sql = "select organization_id as organization, slug, plan from views.organizations";

        public async Task<IReadOnlyList<OrganizationPlan>> Handle(ListPlans query, CancellationToken ct)
        {
            var answer = await readModels.ReadAsync(ProjectionNames.Organizations, db => db.ListAsync<Row>(Sql), ct);
            return [.. answer.Value.Select(row => new OrganizationPlan(new OrganizationId(row.Organization), row.Slug, Enum.Parse<Plan>(row.Plan, ignoreCase: true)))];
        }

        private sealed record Row(Guid Organization, string Slug, string Plan);
    }
}

public sealed record OrganizationPlan(OrganizationId Organization, string Slug, Plan Plan);
