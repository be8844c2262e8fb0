using EventEngine.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace EventEngine.Web.Pages;

/// <summary>The dashboard is of an organization: who belongs to none (yet) is led to where she can make one.</summary>
public sealed class OrganizationNeeded : IAuthorizationFilter
{
    private const string Below = "/dashboard", Onboarding = "/onboarding";

    public void OnAuthorization(AuthorizationFilterContext context)
    {
        var http = context.HttpContext;
        if (!http.Request.Path.StartsWithSegments(Below) || http.User.FindOrganization() is not null) return;
        if (http.User.Identity?.IsAuthenticated != true || IsOpen(context)) return;
        context.Result = new LocalRedirectResult(Onboarding);
    }

    private static bool IsOpen(AuthorizationFilterContext context) =>
        (context.ActionDescriptor as CompiledPageActionDescriptor)?.HandlerTypeInfo.IsDefined(typeof(WithoutOrganizationAttribute), inherit: true) == true;
}

/// <summary>A page below the dashboard that is of a person, not of an organization.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class WithoutOrganizationAttribute : Attribute;
