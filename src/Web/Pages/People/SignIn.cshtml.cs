using EventEngine.Application.People;
using EventEngine.Web.Pages.Shared;
using EventEngine.Web.Shared;
using MediatR;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace EventEngine.Web.Pages.People;

[AllowAnonymous]
public sealed class SignInModel(IMediator mediator) : PageModel
{
    private const string Home = "/dashboard";

    [BindProperty]
    public string? Email { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    public string? Problem { get; private set; }

    public IActionResult OnGet() => User.Identity?.IsAuthenticated == true ? LocalRedirect(Destination) : Page();

    public async Task<IActionResult> OnPostAsync()
    {
        var origin = HttpContext.Connection.RemoteIpAddress?.ToString() ?? "";
        var outcome = await mediator.Send(new SignIn(Email ?? "", Password ?? "", origin), HttpContext.RequestAborted);
        if (outcome is SignInOutcome.Welcome welcome)
        {
            const string scheme = CookieAuthenticationDefaults.AuthenticationScheme;
            await HttpContext.SignInAsync(scheme, Claims.Of(welcome, scheme), new AuthenticationProperties { IsPersistent = true });
            return LocalRedirect(Destination);
        }

        Problem = outcome switch
        {
            SignInOutcome.Wait wait => $"Too many attempts. Try again in {Words.Span(TimeSpan.FromSeconds(Math.Ceiling(wait.For.TotalSeconds)))}.",
            SignInOutcome.Homeless => "You don't belong to an organization any more. Ask its owner for an invitation.",
            _ => "This address and password don't belong together.",
        };
        Response.StatusCode = outcome is SignInOutcome.Wait ? StatusCodes.Status429TooManyRequests : StatusCodes.Status400BadRequest;
        return Page();
    }

    private string Destination => Url.IsLocalUrl(ReturnUrl) ? ReturnUrl! : Home;
}
