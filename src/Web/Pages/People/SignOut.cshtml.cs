using EventEngine.Application.People;
using EventEngine.Web.People;
using EventEngine.Web.Shared;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace EventEngine.Web.Pages.People;

/// <summary>Only by POST: a link on somebody else's page must not sign anybody out.</summary>
[AllowAnonymous]
public sealed class SignOutModel(IMediator mediator, SessionCookie cookie) : PageModel
{
    public IActionResult OnGet() => LocalRedirect("/");

    public async Task<IActionResult> OnPostAsync()
    {
        if (User.Identity?.IsAuthenticated == true) await mediator.Send(new EndSession(User.Id(), User.SessionId()), HttpContext.RequestAborted);
        cookie.Clear(HttpContext);
        return LocalRedirect("/sign-in");
    }
}
