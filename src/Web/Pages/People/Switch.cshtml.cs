using EventEngine.Application.People;
using EventEngine.Application.Shared;
using EventEngine.Domain.Organizations;
using EventEngine.Web.Shared;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace EventEngine.Web.Pages.People;

/// <summary>Turns the session to another organization. One that the person does not belong to is not found, whether or not there is one.</summary>
public sealed class SwitchModel(IMediator mediator) : PageModel
{
    [BindProperty]
    public string? Organization { get; set; }

    [BindProperty]
    public string? ReturnUrl { get; set; }

    public IActionResult OnGet() => LocalRedirect(LocalAddress.Home);

    public async Task<IActionResult> OnPostAsync()
    {
        if (!OrganizationId.TryParse(Organization, out var id)) throw new NotFoundException("organization");
        await mediator.Send(new SwitchOrganization(User.Id(), User.SessionId(), id), HttpContext.RequestAborted);
        return LocalRedirect(LocalAddress.Of(ReturnUrl));
    }
}
