using EventEngine.Application.People;
using EventEngine.Domain.Shared;
using EventEngine.Web.Pages.Shared;
using EventEngine.Web.People;
using EventEngine.Web.Shared;
using MediatR;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace EventEngine.Web.Pages.People;

/// <summary>The way to GitHub: to sign in, or for who is signed in, to link it.</summary>
[AllowAnonymous]
public sealed class GitHubModel(IMediator mediator, GitHubSettings github) : PageModel
{
    private const string AccountPage = "/dashboard/settings/account";

    [BindProperty]
    public string? ReturnUrl { get; set; }

    public IActionResult OnGet() => LocalRedirect("/sign-in");

    public IActionResult OnPost()
    {
        if (!github.IsConfigured) return NotFound();
        var journey = new AuthenticationProperties { RedirectUri = LocalAddress.Of(ReturnUrl) };
        if (User.Identity?.IsAuthenticated == true) journey.Items[GitHubReturn.PersonItem] = User.Id().ToString("N");
        return Challenge(journey, GitHubHandler.SchemeName);
    }

    public async Task<IActionResult> OnPostUnlinkAsync()
    {
        if (User.Identity?.IsAuthenticated != true) return Challenge();
        try
        {
            await mediator.Send(new UnlinkGitHub(User.Id()), HttpContext.RequestAborted);
            TempData[Notice.Key] = "GitHub no longer signs you in.";
        }
        catch (DomainException e)
        {
            TempData[Notice.Key] = e.Message;
        }

        return LocalRedirect(AccountPage);
    }
}
