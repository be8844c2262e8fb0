using System.Security.Claims;
using EventEngine.Application.AccessTokens;
using EventEngine.Application.Ingestion;
using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using EventEngine.Web.Shared;

namespace EventEngine.Web.Api;

/// <summary>Who asks, and of what.</summary>
internal static class Caller
{
    public const string OrganizationClaim = Claims.OrganizationClaim;
    private const string TokenClaim = "access_token", ScopeClaim = "scope", AppClaim = "app", KeyClaim = "api_key";

    /// <summary>The organization that the caller's token or session opens.</summary>
    public static OrganizationId Organization(this ClaimsPrincipal user) =>
        OrganizationId.TryParse(user.FindFirstValue(OrganizationClaim), out var organization)
            ? organization
            : throw new InvalidOperationException("The policy lets nobody in without an organization.");

    /// <summary>For commands, which judge by the organization's own stream what the caller may.</summary>
    public static Actor Actor(this ClaimsPrincipal user) =>
        user.AccessToken() is { } token ? Domain.Organizations.Actor.Token(Organization(user), token, Scopes(user))
        : user.App() is { } app ? Domain.Organizations.Actor.App(Organization(user), app, Guid.Parse(user.FindFirstValue(KeyClaim)!))
        : Domain.Organizations.Actor.Person(Organization(user), user.Id());

    /// <summary>For queries, which ask no stream.</summary>
    /// <exception cref="RoleNeededException">The token lacks the scope, or the person's role does not reach that far.</exception>
    public static void Demand(this ClaimsPrincipal user, Permission permission)
    {
        if (user.App() is not null)
        {
            if (!Domain.Organizations.Actor.ScopesOfKeys.Contains(permission)) throw RoleNeededException.OfKey(permission);
        }
        else if (user.AccessToken() is null)
        {
            if (!RoleOf(user).Can(permission)) throw new RoleNeededException(permission);
        }
        else if (!Scopes(user).Contains(permission))
        {
            throw RoleNeededException.OfToken(permission);
        }
    }

    /// <returns>Null for a person.</returns>
    public static Guid? AccessToken(this ClaimsPrincipal user) => Guid.TryParse(user.FindFirstValue(TokenClaim), out var id) ? id : null;

    /// <returns>The app that came with its own key; null for anybody else.</returns>
    public static AppId? App(this ClaimsPrincipal user) => AppId.TryParse(user.FindFirstValue(AppClaim), out var app) ? app : null;

    public static IEnumerable<Claim> ClaimsOf(Reporter reporter) =>
    [
        new Claim(OrganizationClaim, reporter.OrganizationId.ToString()),
        new Claim(AppClaim, reporter.AppId.ToString()),
        new Claim(KeyClaim, reporter.KeyId.ToString("N")),
    ];

    public static IEnumerable<Claim> ClaimsOf(AccessToken token) =>
    [
        new Claim(OrganizationClaim, token.Organization.ToString()),
        new Claim(TokenClaim, token.Id.ToString("N")),
        .. token.Scopes.Select(scope => new Claim(ScopeClaim, scope.Scope())),
    ];

    /// <exception cref="NotFoundException">The text is no id: there is no such app.</exception>
    public static AppId App(string id) => AppId.TryParse(id, out var app) ? app : throw new NotFoundException("app");

    private static IEnumerable<Permission> Scopes(ClaimsPrincipal user) =>
        user.FindAll(ScopeClaim).Select(claim => PermissionRule.OfScope(claim.Value)).OfType<Permission>();

    private static Role RoleOf(ClaimsPrincipal user) =>
        Enum.TryParse<Role>(user.FindFirstValue(Claims.RoleClaim), ignoreCase: true, out var role) ? role : Role.Member;
}
