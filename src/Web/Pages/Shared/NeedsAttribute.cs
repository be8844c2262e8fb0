using EventEngine.Domain.Organizations;
using Microsoft.AspNetCore.Mvc.Filters;

namespace EventEngine.Web.Pages.Shared;

/// <summary>A page that is only for those who may do something: others are told which role it needs.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NeedsAttribute(Permission permission) : Attribute, IPageFilter
{
    public Permission Permission { get; } = permission;

    public void OnPageHandlerSelected(PageHandlerSelectedContext context)
    {
        var viewer = context.HttpContext.RequestServices.GetRequiredService<Viewer>();
        if (!viewer.Can(Permission)) throw new RoleNeededException(Permission);
    }

    public void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
    }

    public void OnPageHandlerExecuted(PageHandlerExecutedContext context)
    {
    }
}
