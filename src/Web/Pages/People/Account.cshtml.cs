using EventEngine.Application.People;
using EventEngine.Domain.Shared;
using EventEngine.Web.Pages.Shared;
using EventEngine.Web.People;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace EventEngine.Web.Pages.People;

/// <summary>A person's own name, address, password and sessions, and her end here.</summary>
[WithoutOrganization]
public sealed class AccountModel(IMediator mediator, Viewer viewer, SessionCookie cookie, MailOrigin mailOrigin) : PageModel
{
    private const string Address = "/dashboard/settings/account";

    /// <summary>What the address asks to confirm, for browsers without script.</summary>
    [BindProperty(SupportsGet = true, Name = "confirm")]
    public string? Confirm { get; set; }

    public Viewer Viewer => viewer;

    public AccountDetail Account { get; private set; } = null!;

    public IReadOnlyList<Session> Sessions { get; private set; } = [];

    /// <summary>Why what was asked was not done.</summary>
    public string? Problem { get; private set; }

    public async Task OnGetAsync()
    {
        Account = await mediator.Send(new GetAccount(viewer.PersonId), HttpContext.RequestAborted);
        Sessions = await mediator.Send(new ListSessions(viewer.PersonId), HttpContext.RequestAborted);
    }

    public Task<IActionResult> OnPostNameAsync(string? name) => DoAsync(new RenamePerson(viewer.PersonId, name), "Your name is saved.");

    public Task<IActionResult> OnPostEmailAsync(string? email, string? password) =>
        DoAsync(new RequestEmailChange(viewer.PersonId, email?.Trim() ?? "", password ?? "", mailOrigin.Of(HttpContext)), "We have written to the new address: follow the link in that letter.");

    public Task<IActionResult> OnPostPasswordAsync(string? current, string? password) =>
        DoAsync(new ChangePassword(viewer.PersonId, viewer.SessionId, current ?? "", password ?? "", mailOrigin.Of(HttpContext)), "Your password is changed, and you are signed out everywhere else.");

    public Task<IActionResult> OnPostLinkAsync() =>
        DoAsync(new RequestPasswordReset(viewer.Email, mailOrigin.Of(HttpContext)), "We have sent you a letter with a link to a password.");

    public Task<IActionResult> OnPostEndAsync(Guid session) => DoAsync(new EndSession(viewer.PersonId, session), "That session is signed out.");

    public Task<IActionResult> OnPostEndOthersAsync() => DoAsync(new EndSessions(viewer.PersonId, viewer.SessionId), "You are signed out everywhere else.");

    public async Task<IActionResult> OnPostEndAllAsync()
    {
        await mediator.Send(new EndSessions(viewer.PersonId), HttpContext.RequestAborted);
        cookie.Clear(HttpContext);
        return LocalRedirect("/sign-in");
    }

    public async Task<IActionResult> OnPostEraseAsync(string? password)
    {
        var answer = await DoAsync(new ErasePerson(viewer.PersonId, password ?? ""), "");
        if (answer is not LocalRedirectResult) return answer;
        TempData.Remove(Notice.Key);
        cookie.Clear(HttpContext);
        return LocalRedirect("/");
    }

    private async Task<IActionResult> DoAsync(IRequest command, string done)
    {
        try
        {
            await mediator.Send(command, HttpContext.RequestAborted);
            TempData[Notice.Key] = done;
            return LocalRedirect(Address);
        }
        catch (ValidationException e)
        {
            return await RefuseAsync(e.Errors.First().ErrorMessage, StatusCodes.Status400BadRequest);
        }
        catch (DomainException e)
        {
            return await RefuseAsync(e.Message, StatusCodes.Status409Conflict);
        }
    }

    private async Task<IActionResult> RefuseAsync(string problem, int status)
    {
        Problem = problem;
        Response.StatusCode = status;
        await OnGetAsync();
        return Page();
    }
}
