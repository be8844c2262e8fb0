using EventEngine.Application.Shared;
using EventEngine.Domain.Organizations;
using MediatR;

namespace EventEngine.Application.Organizations;

/// <summary>The organizations a person belongs to, the one joined first at the head.</summary>
public sealed record ListMemberships(Guid PersonId) : IRequest<Answer<IReadOnlyList<Membership>>>
{
    internal sealed class Handler(ReadModels readModels) : IRequestHandler<ListMemberships, Answer<IReadOnlyList<Membership>>>
    {
        private const string Sql = """
            select organization_id, name, slug, plan, role, joined_at, disabled_at is not null as is_disabled
            from views.members join views.organizations using (organization_id)
            where person_id = @person order by joined_at, organization_id
            """;

        public Task<Answer<IReadOnlyList<Membership>>> Handle(ListMemberships query, CancellationToken ct) =>
            readModels.ReadAsync<IReadOnlyList<Membership>>(ProjectionNames.Organizations, async db =>
                [.. (await db.ListAsync<Row>(Sql, new { person = query.PersonId })).Select(row => row.ToMembership())], ct);

        private sealed record Row(Guid OrganizationId, string Name, string Slug, string Plan, string Role, DateTimeOffset JoinedAt, bool IsDisabled)
        {
            public Membership ToMembership() => new(
                new OrganizationId(OrganizationId), Name, Slug, Enum.Parse<Plan>(Plan, ignoreCase: true), Enum.Parse<Role>(Role, ignoreCase: true), JoinedAt, IsDisabled);
        }
    }
}

/// <param name="IsDisabled">Turned off by the operator.</param>
public sealed record Membership(OrganizationId Organization, string Name, string Slug, Plan Plan, Role Role, DateTimeOffset JoinedAt, bool IsDisabled = false);
