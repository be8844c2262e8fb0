using EventEngine.Application.People;
using EventEngine.Application.Shared;
using EventEngine.Domain.Organizations;
using MediatR;

namespace EventEngine.Application.Organizations;

/// <summary>Who belongs to an organization, owners first and then by name.</summary>
public sealed record ListMembers(OrganizationId Organization) : IRequest<Answer<IReadOnlyList<Member>>>
{
    internal sealed class Handler(ReadModels readModels, IPeople people) : IRequestHandler<ListMembers, Answer<IReadOnlyList<Member>>>
    {
        private const string Sql = "select person_id, role, joined_at from views.members where organization_id = @id";

        public async Task<Answer<IReadOnlyList<Member>>> Handle(ListMembers query, CancellationToken ct)
        {
            var rows = await readModels.ForOrganizationAsync(query.Organization, ProjectionNames.Organizations, (db, id) => db.ListAsync<Row>(Sql, new { id }), ct);
            var known = await people.FindAsync([.. rows.Value.Select(row => row.PersonId)], ct);
            var members = rows.Value.Select(row => Describe(row, known.GetValueOrDefault(row.PersonId)));
            return new Answer<IReadOnlyList<Member>>(
                [.. members.OrderByDescending(member => member.Role).ThenBy(member => member.Name, StringComparer.OrdinalIgnoreCase).ThenBy(member => member.PersonId)], rows.AsOf);
        }

        private static Member Describe(Row row, Person? person) =>
            new(row.PersonId, person?.Name ?? person?.Email ?? Member.Former, person?.Email, Enum.Parse<Role>(row.Role, ignoreCase: true), row.JoinedAt);

        private sealed record Row(Guid PersonId, string Role, DateTimeOffset JoinedAt);
    }
}

/// <param name="Name">Her address where she gave no name.</param>
/// <param name="Email">Null for a person who was erased.</param>
public sealed record Member(Guid PersonId, string Name, string? Email, Role Role, DateTimeOffset JoinedAt)
{
    /// <summary>How one is called who was erased.</summary>
    public const string Former = "Former person";
}
