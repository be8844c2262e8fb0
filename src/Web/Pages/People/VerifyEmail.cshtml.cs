using EventEngine.Application.People;
using EventEngine.Web.Pages.Shared;
using EventEngine.Web.People;
using EventEngine.Web.Shared;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace EventEngine.Web.Pages.People;

/// <summary>Where the letter's link leads. Opening it changes nothing, since mail scanners open links too: the button does.</summary>
[AllowAnonymous]
public sealed class VerifyEmailModel(IMediator mediator, MailOrigin mailOrigin) : PageModel
{
    public const string HintCookie = "ee_later";
    private const string Ended = "This link has ended, or somebody else has confirmed this address. Sign in, and we send you another one.";
    private static readonly TimeSpan Later = TimeSpan.FromDays(3);

    [BindProperty(SupportsGet = true)]
    public Guid Person { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Token { get; set; }

    [BindProperty]
    public string? ReturnUrl { get; set; }

    public string? Outcome { get; private set; }

    public string? Problem { get; private set; }

    public void OnGet()
    {
    }

    public async Task OnPostAsync()
    {
        if (await mediator.Send(new VerifyEmail(Person, Token ?? ""), HttpContext.RequestAborted))
        {
            Outcome = "Your address is confirmed";
            return;
        }

        Problem = Ended;
        Response.StatusCode = StatusCodes.Status400BadRequest;
    }

    public async Task<IActionResult> OnPostSendAsync()
    {
        if (User.Identity?.IsAuthenticated != true) return Challenge();
        await mediator.Send(new SendVerification(User.Id(), mailOrigin.Of(HttpContext)), HttpContext.RequestAborted);
        TempData[Notice.Key] = "We have sent you the letter again.";
        return LocalRedirect(LocalAddress.Of(ReturnUrl));
    }

    public IActionResult OnPostLater()
    {
        Response.Cookies.Append(HintCookie, "1", new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = Request.IsHttps, MaxAge = Later });
        return LocalRedirect(LocalAddress.Of(ReturnUrl));
    }
}
