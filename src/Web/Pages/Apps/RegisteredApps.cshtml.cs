using EventEngine.Application.Apps;
using EventEngine.Application.Organizations;
using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using EventEngine.Web.Pages.Shared;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace EventEngine.Web.Pages.Apps;

/// <summary>The organization's apps, and the way to register another.</summary>
public sealed class RegisteredAppsModel(IMediator mediator, Viewer viewer, IOptions<EventEngineOptions> options) : DashboardPage(mediator, viewer)
{
    public IReadOnlyList<RegisteredApp> Apps { get; private set; } = [];

    public Plan Plan { get; private set; }

    /// <summary>How many apps the plan allows; null: any number.</summary>
    public int? Limit { get; private set; }

    public bool IsFull => Apps.Count >= Limit;

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Environment { get; set; } = "production";

    /// <summary>Why nothing was registered.</summary>
    public string? Problem { get; private set; }

    public async Task OnGetAsync()
    {
        Apps = await AskAsync(new ListRegisteredApps(Viewer.Organization));
        Plan = (await AskAsync(new GetOrganization(Viewer.Organization))).Plan;
        Limit = options.Value.LimitsOf(Plan).Apps;
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var app = new AppId(Guid.NewGuid());
        try
        {
            await DoAsync(new RegisterApp(Viewer.Actor, app, Name?.Trim() ?? "", Environment?.Trim() ?? ""), ProjectionNames.Apps);
            return Redirect($"/dashboard/settings/apps/{app}");
        }
        catch (PlanLimitException limit)
        {
            Problem = limit.Message;
        }
        catch (ValidationException invalid)
        {
            Problem = string.Join(' ', invalid.Errors.Select(error => error.ErrorMessage));
        }

        await OnGetAsync();
        return Page();
    }
}
