using System.Security.Cryptography;
using EventEngine.Application.Apps;
using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using EventEngine.Domain.Shared;
using EventEngine.Web.Pages.Shared;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace EventEngine.Web.Pages.Onboarding;

/// <summary>Registers an app and gives it its first key, which the next page shows once.</summary>
public sealed class NewAppModel(IMediator mediator, Viewer viewer) : DashboardPage(mediator, viewer)
{
    private readonly IMediator _mediator = mediator;

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Environment { get; set; } = "production";

    public string? Problem { get; private set; }

    public bool IsPlanFull { get; private set; }

    public IActionResult OnGet()
    {
        if (!Viewer.HasOrganization) return LocalRedirect("/onboarding");
        return Viewer.Can(Permission.ManageApps) ? Page() : throw new RoleNeededException(Permission.ManageApps);
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!Viewer.HasOrganization) return LocalRedirect("/onboarding");
        var (name, environment) = ((Name ?? "").Trim(), (Environment ?? "").Trim());
        if (Viewer.Can(Permission.ManageApps) && await FindAsync(name, environment) is { } known) return LocalRedirect($"/onboarding/apps/{known}");
        var app = new AppId(Guid.NewGuid());
        try
        {
            await _mediator.Send(new RegisterApp(Viewer.Actor, app, name, environment), HttpContext.RequestAborted);
        }
        catch (Exception error) when (error is ValidationException or DomainException or PlanLimitException)
        {
            Problem = Problems.Say(error);
            IsPlanFull = error is PlanLimitException;
            Response.StatusCode = IsPlanFull ? StatusCodes.Status403Forbidden : StatusCodes.Status400BadRequest;
            return Page();
        }

        var key = ApiKey.From(RandomNumberGenerator.GetBytes(ApiKey.RandomBytes));
        await DoAsync(new IssueApiKey(Viewer.Actor, Guid.NewGuid(), app, key), ProjectionNames.Apps);
        TempData[WaitingModel.NewKeyOf(app)] = key.Secret;
        return LocalRedirect($"/onboarding/apps/{app}");
    }

    /// <summary>A form that is sent twice registers one app.</summary>
    private async Task<AppId?> FindAsync(string name, string environment)
    {
        var apps = await AskAsync(new ListAppNames(Viewer.Organization));
        return apps.FirstOrDefault(app => Same(app.Name, name) && Same(app.Environment, environment))?.App;
    }

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
