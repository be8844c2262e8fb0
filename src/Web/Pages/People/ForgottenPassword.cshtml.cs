using EventEngine.Application.People;
using EventEngine.Web.People;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace EventEngine.Web.Pages.People;

/// <summary>Says the same whether or not there is an account.</summary>
[AllowAnonymous]
public sealed class ForgottenPasswordModel(IMediator mediator, MailOrigin mailOrigin) : PageModel
{
    [BindProperty]
    public string? Email { get; set; }

    public bool IsSent { get; private set; }

    public string? Problem { get; private set; }

    public void OnGet()
    {
    }

    public async Task OnPostAsync()
    {
        try
        {
            await mediator.Send(new RequestPasswordReset(Email?.Trim() ?? "", mailOrigin.Of(HttpContext)), HttpContext.RequestAborted);
            IsSent = true;
        }
        catch (ValidationException e)
        {
            Problem = e.Errors.First().ErrorMessage;
            Response.StatusCode = StatusCodes.Status400BadRequest;
        }
    }
}
