using System.Security.Claims;
using EventEngine.Application.People;
using EventEngine.Domain.Organizations;

namespace EventEngine.Web.Shared;

/// <summary>What a request knows of its person: looked up for this request, never carried by the browser.</summary>
public static class Claims
{
    public const string OrganizationClaim = "organization";
    public const string RoleClaim = "role";
    public const string SessionClaim = "session";
    public const string EmailVerifiedClaim = "email_verified";

    public static ClaimsPrincipal Of(SignedIn signedIn, string scheme)
    {
        var (session, person, membership) = signedIn;
        List<Claim> claims =
        [
            new(ClaimTypes.NameIdentifier, person.Id.ToString("N")),
            new(ClaimTypes.Email, person.Email),
            new(ClaimTypes.Name, person.DisplayName),
            new(SessionClaim, session.Id.ToString("N")),
        ];
        if (person.EmailVerified) claims.Add(new Claim(EmailVerifiedClaim, "true"));
        if (membership is not null)
        {
            claims.Add(new Claim(OrganizationClaim, membership.Organization.ToString()));
            claims.Add(new Claim(RoleClaim, membership.Role.ToString().ToLowerInvariant()));
        }

        return new ClaimsPrincipal(new ClaimsIdentity(claims, scheme, ClaimTypes.Name, RoleClaim));
    }

    /// <exception cref="InvalidOperationException">Nobody is signed in.</exception>
    public static Guid Id(this ClaimsPrincipal person) => person.GuidOf(ClaimTypes.NameIdentifier) ?? throw new InvalidOperationException("The session names no person.");

    /// <exception cref="InvalidOperationException">Nobody is signed in.</exception>
    public static Guid SessionId(this ClaimsPrincipal person) => person.GuidOf(SessionClaim) ?? throw new InvalidOperationException("There is no session.");

    /// <exception cref="InvalidOperationException">The request is not of a member of an organization.</exception>
    public static OrganizationId Organization(this ClaimsPrincipal person) =>
        person.FindOrganization() ?? throw new InvalidOperationException("The session names no organization.");

    /// <returns>Null for a person who belongs to none (yet).</returns>
    public static OrganizationId? FindOrganization(this ClaimsPrincipal person) =>
        OrganizationId.TryParse(person.FindFirstValue(OrganizationClaim), out var id) ? id : null;

    private static Guid? GuidOf(this ClaimsPrincipal person, string claim) => Guid.TryParseExact(person.FindFirstValue(claim), "N", out var id) ? id : null;
}
