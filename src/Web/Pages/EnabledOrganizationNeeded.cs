using EventEngine.Application.Organizations;
using EventEngine.Domain.Organizations;
using EventEngine.Web.Shared;
using MediatR;
using Microsoft.AspNetCore.Mvc.Filters;

namespace EventEngine.Web.Pages;

/// <summary>Of an organization that the operator has turned off, people see the reason and nothing else; what is their own stays open.</summary>
public sealed class EnabledOrganizationNeeded : IAsyncPageFilter
{
    private static readonly string[] Below = ["/dashboard", "/onboarding"];

    public async Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context)
    {
        var http = context.HttpContext;
        if (!Below.Any(path => http.Request.Path.StartsWithSegments(path)) || http.User.FindOrganization() is not { } organization) return;
        if (context.ActionDescriptor.HandlerTypeInfo.IsDefined(typeof(WithoutOrganizationAttribute), inherit: true)) return;
        var found = await http.RequestServices.GetRequiredService<IMediator>().Send(new GetOrganization(organization), http.RequestAborted);
        if (found.Value.DisabledAt is not null) throw new OrganizationDisabledException(found.Value.DisabledReason);
    }

    public Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next) => next();
}
