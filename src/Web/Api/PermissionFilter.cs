using EventEngine.Application.Organizations;
using EventEngine.Domain.Organizations;
using MediatR;

namespace EventEngine.Web.Api;

/// <summary>What an endpoint demands of its caller where reading is not enough: <c>.Needs(Permission.ManageApps)</c>.</summary>
internal sealed record NeededPermission(Permission Permission);

internal static class NeededPermissionExtensions
{
    public static TBuilder Needs<TBuilder>(this TBuilder endpoint, Permission permission) where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new NeededPermission(permission));
}

/// <summary>Lets a caller through who may do what the endpoint demands, in an organization that is not turned off.</summary>
internal sealed class PermissionFilter(IMediator mediator) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        http.User.Demand(http.GetEndpoint()?.Metadata.GetMetadata<NeededPermission>()?.Permission ?? Permission.Read);
        var organization = await mediator.Send(new GetOrganization(http.User.Organization()), http.RequestAborted);
        if (organization.Value.DisabledAt is not null) throw new OrganizationDisabledException(organization.Value.DisabledReason);
        return await next(context);
    }
}
