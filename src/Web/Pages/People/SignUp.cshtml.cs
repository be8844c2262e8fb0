using EventEngine.Application.People;
using EventEngine.Web.People;
using EventEngine.Web.Shared;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace EventEngine.Web.Pages.People;

/// <summary>Leads on at once, whoever has the address already: the letter tells its reader more.</summary>
[AllowAnonymous]
public sealed class SignUpModel(IMediator mediator, SessionCookie cookie, MailOrigin mailOrigin) : PageModel
{
    private const string Next = "/onboarding";

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Email { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    public string? Problem { get; private set; }

    public IActionResult OnGet() => User.Identity?.IsAuthenticated == true ? LocalRedirect(LocalAddress.Of(ReturnUrl, Next)) : Page();

    public async Task<IActionResult> OnPostAsync()
    {
        var command = new SignUp(
            Email?.Trim() ?? "", Password ?? "", Name, mailOrigin.Of(HttpContext), Request.Headers.UserAgent.ToString(), cookie.Read(Request));
        try
        {
            var welcome = await mediator.Send(command, HttpContext.RequestAborted);
            cookie.Write(HttpContext, welcome.PersonId, welcome.Secret);
            return LocalRedirect(LocalAddress.Of(ReturnUrl, Next));
        }
        catch (ValidationException e)
        {
            Problem = e.Errors.First().ErrorMessage;
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return Page();
        }
    }
}
