using EventEngine.Application.Apps;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using EventEngine.Web.Pages.Shared;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace EventEngine.Web.Pages.Onboarding;

/// <summary>To the step that comes next: whoever left in the middle goes on where she was.</summary>
public sealed class StartModel(IMediator mediator, Viewer viewer) : DashboardPage(mediator, viewer)
{
    public async Task<IActionResult> OnGetAsync()
    {
        if (!Viewer.HasOrganization) return LocalRedirect("/onboarding/organization");
        var apps = await AskAsync(new ListApps(Viewer.Organization));
        if (apps.FirstOrDefault(app => app.Health == AppHealth.Waiting) is { } waiting) return LocalRedirect($"/onboarding/apps/{waiting.Id}");
        return LocalRedirect(apps.Count == 0 && Viewer.Can(Permission.ManageApps) ? "/onboarding/app" : "/dashboard");
    }
}
