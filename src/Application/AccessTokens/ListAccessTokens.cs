using System.Collections.Immutable;
using EventEngine.Application.Organizations;
using EventEngine.Application.People;
using EventEngine.Application.Shared;
using EventEngine.Domain.Organizations;
using MediatR;

namespace EventEngine.Application.AccessTokens;

/// <summary>The access tokens of an organization that are not revoked, the newest first. Where they are kept is the truth: they are not projected.</summary>
public sealed record ListAccessTokens(Actor By) : IRequest<IReadOnlyList<AccessTokenRow>>
{
    internal sealed class Handler(Tenancy tenancy, IAccessTokens tokens, IPeople people) : IRequestHandler<ListAccessTokens, IReadOnlyList<AccessTokenRow>>
    {
        public async Task<IReadOnlyList<AccessTokenRow>> Handle(ListAccessTokens query, CancellationToken ct)
        {
            await tenancy.PermitAsync(query.By, Permission.ManageTokens, ct);
            var rows = await tokens.ListAsync(query.By.Organization, ct);
            var known = await people.FindAsync([.. rows.Select(row => row.CreatedBy).OfType<Guid>().Distinct()], ct);
            return [.. rows.Select(row => Describe(row, known))];
        }

        private static AccessTokenRow Describe(AccessToken token, IReadOnlyDictionary<Guid, Person> known)
        {
            var creator = token.CreatedBy is not { } id ? null : known.TryGetValue(id, out var person) ? person.Name ?? person.Email : Member.Former;
            return new AccessTokenRow(token.Id, token.Name, token.Scopes, token.CreatedAt, creator, token.ExpiresAt, token.LastUsedAt);
        }
    }
}

/// <param name="CreatedBy">A person's name; null: the operator, or another token.</param>
public sealed record AccessTokenRow(
    Guid Id, string Name, ImmutableArray<Permission> Scopes, DateTimeOffset CreatedAt, string? CreatedBy, DateTimeOffset? ExpiresAt, DateTimeOffset? LastUsedAt);
