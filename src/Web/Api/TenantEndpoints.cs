using System.ComponentModel;
using System.Security.Claims;
using EventEngine.Application.Organizations;
using EventEngine.Application.Pipeline;
using EventEngine.Application.Shared;
using EventEngine.Domain.Organizations;
using EventEngine.Web.Shared;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EventEngine.Web.Api;

/// <summary>The organizations that the caller may see: a token its own, a person those she belongs to.</summary>
internal static class TenantEndpoints
{
    public static void MapTenantEndpoints(this RouteGroupBuilder api)
    {
        api.MapGet("/tenants", ListAsync).WithSummary("The organizations that the caller belongs to; for an access token, its own.");
        api.MapGet("/tenants/{tenant}", GetAsync).WithSummary("One of the organizations that the caller belongs to.");
        api.MapPost("/tenants", CreateAsync).WithSummary("Creates an organization on the free plan, owned by the person who is signed in; access tokens can't.")
            .Produces<ApiError>(StatusCodes.Status403Forbidden).Produces<ApiError>(StatusCodes.Status409Conflict);
    }

    private static async Task<Ok<TenantsBody>> ListAsync(ClaimsPrincipal user, IMediator mediator, CancellationToken ct)
    {
        var answer = await TenantsOf(user, mediator, ct);
        return TypedResults.Ok(new TenantsBody(answer.AsOf, answer.Value));
    }

    private static async Task<Ok<TenantBody>> GetAsync(ClaimsPrincipal user, string tenant, IMediator mediator, CancellationToken ct)
    {
        var answer = await TenantsOf(user, mediator, ct);
        var found = OrganizationId.TryParse(tenant, out var id) ? answer.Value.FirstOrDefault(row => row.Id == id) : null;
        return TypedResults.Ok(new TenantBody(answer.AsOf, found ?? throw new NotAMemberException()));
    }

    private static async Task<Created<TenantBody>> CreateAsync(
        ClaimsPrincipal user, NewTenant tenant, HttpContext http, IMediator mediator, CancellationToken ct)
    {
        if (user.AccessToken() is not null) throw new PersonNeededException();
        var id = new OrganizationId(Guid.NewGuid());
        var position = await mediator.Send(new FoundOrganization(user.Id(), id, tenant.Name ?? ""), ct);
        if (position is { } at) await mediator.Send(new AwaitPosition(at, [ProjectionNames.Organizations]), ct);
        var answer = await mediator.Send(new GetOrganization(id), ct);
        return TypedResults.Created($"{PublicOrigin.Of(http)}/api/v1/tenants/{id}", new TenantBody(answer.AsOf, Tenant.Of(answer.Value, Role.Owner)));
    }

    private static async Task<Answer<IReadOnlyList<Tenant>>> TenantsOf(ClaimsPrincipal user, IMediator mediator, CancellationToken ct)
    {
        if (user.AccessToken() is not null)
        {
            user.Demand(Permission.Read);
            var own = await mediator.Send(new GetOrganization(user.Organization()), ct);
            return new Answer<IReadOnlyList<Tenant>>([Tenant.Of(own.Value, role: null)], own.AsOf);
        }

        var memberships = await mediator.Send(new ListMemberships(user.Id()), ct);
        return new Answer<IReadOnlyList<Tenant>>([.. memberships.Value.Select(Tenant.Of)], memberships.AsOf);
    }
}

internal sealed record NewTenant([property: Description("1 to 100 characters; the slug follows from it.")] string? Name);

internal sealed record TenantsBody(AsOf AsOf, IReadOnlyList<Tenant> Tenants);

internal sealed record TenantBody(AsOf AsOf, Tenant Tenant);

/// <param name="Role">The caller's; null for an access token.</param>
/// <param name="Disabled">Turned off by the operator.</param>
internal sealed record Tenant(OrganizationId Id, string Name, string Slug, Plan Plan, Role? Role, bool Disabled)
{
    public static Tenant Of(OrganizationDetail organization, Role? role) =>
        new(organization.Id, organization.Name, organization.Slug, organization.Plan, role, organization.DisabledAt is not null);

    public static Tenant Of(Membership membership) =>
        new(membership.Organization, membership.Name, membership.Slug, membership.Plan, membership.Role, membership.IsDisabled);
}
