using EventEngine.Application.People;
using EventEngine.Web.People;
using EventEngine.Web.Shared;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace EventEngine.Web.Pages.People;

[AllowAnonymous]
public sealed class ResetPasswordModel(IMediator mediator, SessionCookie cookie, MailOrigin mailOrigin) : PageModel
{
    private const string Ended = "This link has ended or was used already. Ask for another one.";

    [BindProperty(SupportsGet = true)]
    public Guid Person { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Token { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    public string? Problem { get; private set; }

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync()
    {
        try
        {
            var command = new ResetPassword(Person, Token ?? "", Password ?? "", mailOrigin.Of(HttpContext), Request.Headers.UserAgent.ToString());
            if (await mediator.Send(command, HttpContext.RequestAborted) is { } secret)
            {
                cookie.Write(HttpContext, Person, secret);
                return LocalRedirect(LocalAddress.Home);
            }

            Problem = Ended;
        }
        catch (ValidationException e)
        {
            Problem = e.Errors.First().ErrorMessage;
        }

        Response.StatusCode = StatusCodes.Status400BadRequest;
        return Page();
    }
}
