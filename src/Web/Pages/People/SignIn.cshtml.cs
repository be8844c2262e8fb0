using EventEngine.Application.People;
using EventEngine.Web.Pages.Shared;
using EventEngine.Web.People;
using EventEngine.Web.Shared;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace EventEngine.Web.Pages.People;

[AllowAnonymous]
public sealed class SignInModel(IMediator mediator, SessionCookie cookie) : PageModel
{
    private const string Refused =
        "This address and password don't belong together. If you have just signed up, follow the link in our letter first.";

    [BindProperty]
    public string? Email { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    public string? Problem { get; private set; }

    public IActionResult OnGet(string? problem)
    {
        Problem = GitHubProblems.Explain(problem);
        return User.Identity?.IsAuthenticated == true && Problem is null ? LocalRedirect(LocalAddress.Of(ReturnUrl)) : Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var origin = HttpContext.Connection.RemoteIpAddress?.ToString() ?? "";
        var attempt = new SignIn(
            Email ?? "", Password ?? "", origin, Request.Headers.UserAgent.ToString(), cookie.KnownPerson(Request), cookie.Read(Request));
        var outcome = await mediator.Send(attempt, HttpContext.RequestAborted);
        if (outcome is SignInOutcome.Welcome welcome)
        {
            cookie.Write(HttpContext, welcome.PersonId, welcome.Secret);
            return LocalRedirect(LocalAddress.Of(ReturnUrl));
        }

        Problem = outcome is SignInOutcome.Wait wait
            ? $"Too many attempts. Try again in {Words.Span(TimeSpan.FromSeconds(Math.Ceiling(wait.For.TotalSeconds)))}."
            : Refused;
        Response.StatusCode = outcome is SignInOutcome.Wait ? StatusCodes.Status429TooManyRequests : StatusCodes.Status400BadRequest;
        return Page();
    }
}
