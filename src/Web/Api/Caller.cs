using System.Security.Claims;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using EventEngine.Application.Shared;

namespace EventEngine.Web.Api;

/// <summary>Who asks, and of what.</summary>
internal static class Caller
{
    public const string OrganizationClaim = "organization";

    /// <summary>The organization that the caller's token or session opens.</summary>
    public static OrganizationId Organization(this ClaimsPrincipal user) =>
        OrganizationId.TryParse(user.FindFirstValue(OrganizationClaim), out var organization)
            ? organization
            : throw new InvalidOperationException("The policy lets nobody in without an organization.");

    /// <exception cref="NotFoundException">The text is no id: there is no such app.</exception>
    public static AppId App(string id) => AppId.TryParse(id, out var app) ? app : throw new NotFoundException("app");
}
