using EventEngine.Application.People;
using EventEngine.Application.Shared;
using EventEngine.Domain.Organizations;
using MediatR;

namespace EventEngine.Application.Organizations;

/// <summary>Where to write to those of an organization who have at least a role; erased people have no address.</summary>
public sealed record ListAddresses(OrganizationId Organization, Role AtLeast) : IRequest<IReadOnlyList<string>>
{
    internal sealed class Handler(ReadModels readModels, IPeople people) : IRequestHandler<ListAddresses, IReadOnlyList<string>>
    {
        private const string Sql = "select person_id from views.members where organization_id = @id and role = any(@roles) order by joined_at, person_id";

        public async Task<IReadOnlyList<string>> Handle(ListAddresses query, CancellationToken ct)
        {
            var roles = Enum.GetValues<Role>().Where(role => role >= query.AtLeast).Select(role => role.ToString().ToLowerInvariant()).ToArray();
            var members = await readModels.ForOrganizationAsync(
                query.Organization, ProjectionNames.Organizations, (db, id) => db.ListAsync<Guid>(Sql, new { id, roles }), ct);
            var known = await people.FindAsync(members.Value, ct);
            return [.. members.Value.Where(known.ContainsKey).Select(person => known[person].Email)];
        }
    }
}
