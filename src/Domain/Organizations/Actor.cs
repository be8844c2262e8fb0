using System.Collections.Immutable;

namespace EventEngine.Domain.Organizations;

/// <summary>
/// Who asks for something in an organization: a person, whose role the organization itself knows; an access token, with what it was
/// issued for; or, when both are null, the operator, who may do everything.
/// </summary>
public sealed record Actor
{
    private Actor(OrganizationId organization) => Organization = organization;

    public OrganizationId Organization { get; }

    public Guid? PersonId { get; private init; }

    public Guid? TokenId { get; private init; }

    /// <summary>Of a token; empty otherwise.</summary>
    public ImmutableHashSet<Permission> Scopes { get; private init; } = [];

    public bool IsOperator => PersonId is null && TokenId is null;

    public static Actor Person(OrganizationId organization, Guid person) => new(organization) { PersonId = person };

    public static Actor Token(OrganizationId organization, Guid token, IEnumerable<Permission> scopes) =>
        new(organization) { TokenId = token, Scopes = [.. scopes] };

    public static Actor Operator(OrganizationId organization) => new(organization);
}
