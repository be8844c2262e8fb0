using EventEngine.Application.People;
using EventEngine.Web.People;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace EventEngine.Web.Pages.People;

/// <summary>Where the letter to a new address leads.</summary>
[AllowAnonymous]
public sealed class ChangeEmailModel(IMediator mediator, MailOrigin mailOrigin) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public Guid Person { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Email { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Token { get; set; }

    public string? Outcome { get; private set; }

    public string? Problem { get; private set; }

    public void OnGet()
    {
    }

    public async Task OnPostAsync()
    {
        if (await mediator.Send(new ChangeEmail(Person, Email ?? "", Token ?? "", mailOrigin.Of(HttpContext)), HttpContext.RequestAborted))
        {
            Outcome = "Your address was changed";
            return;
        }

        Problem = "This link has ended, or another account has this address.";
        Response.StatusCode = StatusCodes.Status400BadRequest;
    }
}
