using System.Security.Claims;
using EventEngine.Application.People;
using EventEngine.Domain.Organizations;

namespace EventEngine.Web.Shared;

/// <summary>What a session knows of its person.</summary>
public static class Claims
{
    public const string OrganizationClaim = "organization";
    public const string RoleClaim = "role";

    public static ClaimsPrincipal Of(SignInOutcome.Welcome welcome, string scheme) => new(new ClaimsIdentity(
        [
            new Claim(ClaimTypes.NameIdentifier, welcome.Person.Id.ToString("N")),
            new Claim(ClaimTypes.Email, welcome.Person.Email),
            new Claim(ClaimTypes.Name, welcome.Person.Name ?? welcome.Person.Email),
            new Claim(OrganizationClaim, welcome.Membership.Organization.ToString()),
            new Claim(RoleClaim, welcome.Membership.Role.ToString().ToLowerInvariant()),
        ],
        scheme, ClaimTypes.Name, RoleClaim));

    /// <exception cref="InvalidOperationException">The request is not of a signed-in person.</exception>
    public static OrganizationId Organization(this ClaimsPrincipal person) =>
        OrganizationId.TryParse(person.FindFirstValue(OrganizationClaim), out var id)
            ? id
            : throw new InvalidOperationException("The session names no organization.");
}
