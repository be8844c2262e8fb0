using EventEngine.Application.Organizations;
using EventEngine.Application.Shared;
using EventEngine.Domain.Organizations;
using EventEngine.Domain.Shared;
using EventEngine.Web.Pages.Shared;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace EventEngine.Web.Pages.Onboarding;

/// <summary>The first step: who has an organization is past it, so that a form sent twice makes one.</summary>
public sealed class NewOrganizationModel(IMediator mediator, Viewer viewer) : DashboardPage(mediator, viewer)
{
    private const string Start = "/onboarding", Next = "/onboarding/app";

    [BindProperty]
    public string? Name { get; set; }

    public string? Problem { get; private set; }

    public IActionResult OnGet() => Viewer.HasOrganization ? LocalRedirect(Start) : Page();

    public async Task<IActionResult> OnPostAsync()
    {
        if (Viewer.HasOrganization) return LocalRedirect(Start);
        try
        {
            var id = new OrganizationId(Guid.NewGuid());
            await DoAsync(new FoundOrganization(Viewer.PersonId, id, (Name ?? "").Trim()), ProjectionNames.Organizations);
            return LocalRedirect(Next);
        }
        catch (Exception error) when (error is ValidationException or DomainException)
        {
            Problem = Problems.Say(error);
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return Page();
        }
    }
}
