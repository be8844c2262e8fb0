using EventEngine.Application.Organizations;
using EventEngine.Application.People;
using EventEngine.Application.Pipeline;
using EventEngine.Application.Shared;
using EventEngine.Domain.Organizations;
using EventEngine.Domain.Shared;
using EventEngine.Web.Pages.Shared;
using EventEngine.Web.People;
using EventEngine.Web.Shared;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace EventEngine.Web.Pages.Organizations;

/// <summary>Where an invitation's letter leads: to joining as who is signed in, to signing in first, or to an account of the invited address.</summary>
[AllowAnonymous]
public sealed class AcceptInvitationModel(IMediator mediator, Viewer viewer, SessionCookie cookie) : PageModel
{
    private const string Dashboard = "/dashboard";

    [FromRoute(Name = "token")]
    public string Token { get; set; } = "";

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    public Viewer Viewer { get; } = viewer;

    /// <summary>Null: expired, revoked, used, or never sent.</summary>
    public InvitationOffer? Offer { get; private set; }

    public string? Problem { get; private set; }

    /// <summary>This page, for coming back after signing in.</summary>
    public string Here => $"/invitations/{Uri.EscapeDataString(Token)}";

    private InvitationToken Secret => new(Token);

    private CancellationToken Ct => HttpContext.RequestAborted;

    /// <summary>The address of this page is a secret: it must not go on with the next request.</summary>
    [NonHandler] // or its name would make it answer to requests of the method PAGE
    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context) => context.HttpContext.Response.Headers["Referrer-Policy"] = "no-referrer";

    public async Task<IActionResult> OnGetAsync()
    {
        await LookAsync();
        if (Offer is null) Response.StatusCode = StatusCodes.Status404NotFound;
        return Page();
    }

    public async Task<IActionResult> OnPostAcceptAsync()
    {
        if (!Viewer.IsSignedIn) return LocalRedirect(Here);
        if (await JoinAsync(User.Id()) is not { } organization) return await OnGetAsync();
        await mediator.Send(new SwitchOrganization(User.Id(), User.SessionId(), organization), Ct);
        return LocalRedirect(Dashboard);
    }

    /// <summary>The letter has shown whose the address is: the account needs no other proof.</summary>
    public async Task<IActionResult> OnPostSignUpAsync()
    {
        await LookAsync();
        if (Offer is null || Offer.HasAccount) return await OnGetAsync();
        try
        {
            var person = await mediator.Send(new RegisterPerson(Offer.Email, Password ?? "", Name), Ct);
            if (await JoinAsync(person) is not { } organization) return await OnGetAsync();
            await cookie.SignInAsync(HttpContext, person, organization);
            return LocalRedirect(Dashboard);
        }
        catch (Exception e) when (e is ValidationException or DomainException)
        {
            Problem = e is ValidationException invalid ? invalid.Errors.First().ErrorMessage : e.Message;
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return Page();
        }
    }

    /// <summary>Signs out, to come back as somebody else.</summary>
    public async Task<IActionResult> OnPostOtherAsync()
    {
        if (Viewer.IsSignedIn) await mediator.Send(new EndSession(User.Id(), User.SessionId()), Ct);
        cookie.Clear(HttpContext);
        return LocalRedirect(Here);
    }

    private async Task LookAsync()
    {
        try
        {
            Offer = (await mediator.Send(new GetInvitation(Secret), Ct)).Value;
        }
        catch (NotFoundException)
        {
            Offer = null;
        }
    }

    /// <returns>Null when the invitation has ended meanwhile.</returns>
    private async Task<OrganizationId?> JoinAsync(Guid person)
    {
        try
        {
            var joined = await mediator.Send(new AcceptInvitation(Secret, person), Ct);
            await mediator.Send(new AwaitPosition(joined.Position, [ProjectionNames.Organizations]), Ct);
            return joined.Organization;
        }
        catch (NotFoundException)
        {
            return null;
        }
    }
}
