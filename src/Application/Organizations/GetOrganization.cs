using EventEngine.Application.Shared;
using EventEngine.Domain.Organizations;
using MediatR;

namespace EventEngine.Application.Organizations;

/// <exception cref="NotFoundException">There is no such organization.</exception>
public sealed record GetOrganization(OrganizationId Organization) : IRequest<Answer<OrganizationDetail>>
{
    internal sealed class Handler(ReadModels readModels) : IRequestHandler<GetOrganization, Answer<OrganizationDetail>>
    {
        private const string Sql = """
            select organization_id, name, slug, plan, created_at,
                   (select count(*)::int from views.members m where m.organization_id = o.organization_id) as members, disabled_at, disabled_reason
            from views.organizations o where organization_id = @id
            """;

        public Task<Answer<OrganizationDetail>> Handle(GetOrganization query, CancellationToken ct) =>
            readModels.ForOrganizationAsync(query.Organization, ProjectionNames.Organizations, async (db, id) =>
                (await db.FindAsync<Row>(Sql, new { id }))?.ToDetail() ?? throw new NotFoundException("organization"), ct);

        private sealed record Row(
            Guid OrganizationId, string Name, string Slug, string Plan, DateTimeOffset CreatedAt, int Members, DateTimeOffset? DisabledAt, string? DisabledReason)
        {
            public OrganizationDetail ToDetail() => new(
                new OrganizationId(OrganizationId), Name, Slug, Enum.Parse<Plan>(Plan, ignoreCase: true), CreatedAt, Members, DisabledAt, DisabledReason);
        }
    }
}

/// <param name="DisabledAt">When the operator turned it off; null: it is on.</param>
public sealed record OrganizationDetail(
    OrganizationId Id, string Name, string Slug, Plan Plan, DateTimeOffset CreatedAt, int Members, DateTimeOffset? DisabledAt, string? DisabledReason);
