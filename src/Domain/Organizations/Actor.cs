using System.Collections.Immutable;
using EventEngine.Domain.Apps;

namespace EventEngine.Domain.Organizations;

/// <summary>
/// Who asks for something in an organization: a person, whose role the organization itself knows; an access token, with what it was
/// issued for; an app by its own key, which reaches that app alone; or else the operator, who may do everything.
/// </summary>
public sealed record Actor
{
    /// <summary>What a build does, which has the key of its app at hand.</summary>
    public static ImmutableHashSet<Permission> ScopesOfKeys { get; } = [Permission.ReportDeploys, Permission.ManageSchemas];

    private Actor(OrganizationId organization) => Organization = organization;

    public OrganizationId Organization { get; }

    public Guid? PersonId { get; private init; }

    public Guid? TokenId { get; private init; }

    /// <summary>The only app within reach; null: any of the organization's.</summary>
    public AppId? AppId { get; private init; }

    /// <summary>With which the app came.</summary>
    public Guid? KeyId { get; private init; }

    /// <summary>Of a token or a key; empty otherwise.</summary>
    public ImmutableHashSet<Permission> Scopes { get; private init; } = [];

    public bool IsOperator => PersonId is null && TokenId is null && KeyId is null;

    public static Actor Person(OrganizationId organization, Guid person) => new(organization) { PersonId = person };

    public static Actor Token(OrganizationId organization, Guid token, IEnumerable<Permission> scopes) =>
        new(organization) { TokenId = token, Scopes = [.. scopes] };

    public static Actor App(OrganizationId organization, AppId app, Guid key) =>
        new(organization) { AppId = app, KeyId = key, Scopes = ScopesOfKeys };

    public static Actor Operator(OrganizationId organization) => new(organization);
}
