using System.Security.Cryptography;
using System.Text;
using EventEngine.Application.Organizations;
using EventEngine.Application.People;
using EventEngine.Application.Pipeline;
using EventEngine.Application.Shared;
using EventEngine.Domain.Organizations;
using EventEngine.Domain.Shared;
using EventEngine.Web.Shared;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace EventEngine.Web.Pages.Organizations;

/// <summary>Another organization, owned by whoever makes it; the session turns to it.</summary>
public sealed class NewOrganizationModel(IMediator mediator) : PageModel
{
    private const string Next = "/onboarding";

    [BindProperty]
    public string? Name { get; set; }

    public string? Problem { get; private set; }

    public void OnGet()
    {
    }

    /// <param name="draw">Drawn with the form, so that sending it again makes no second one.</param>
    public async Task<IActionResult> OnPostAsync(Guid draw)
    {
        try
        {
            await FoundAsync(IdFor(User.Id(), draw));
            return LocalRedirect(Next);
        }
        catch (DomainException refused)
        {
            Problem = refused.Message;
        }
        catch (ValidationException invalid)
        {
            Problem = invalid.Errors.First().ErrorMessage;
        }

        Response.StatusCode = StatusCodes.Status400BadRequest;
        return Page();
    }

    private async Task FoundAsync(OrganizationId id)
    {
        var ct = HttpContext.RequestAborted;
        var position = await mediator.Send(new FoundOrganization(User.Id(), id, Name ?? ""), ct);
        if (position is { } at) await mediator.Send(new AwaitPosition(at, [ProjectionNames.Organizations]), ct);
        await mediator.Send(new SwitchOrganization(User.Id(), User.SessionId(), id), ct);
    }

    // The form's own number alone would let its sender name anybody's organization.
    private static OrganizationId IdFor(Guid person, Guid draw) => new(new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"organization {person:N} {draw:N}"))[..16]));
}
