using EventEngine.Application.EventStore;
using EventEngine.Domain.Organizations;
using EventEngine.Domain.Shared;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace EventEngine.Web.Pages.Shared;

/// <summary>A page of forms: what was refused is said on it, what was done is shown by the page that follows.</summary>
public abstract class SettingsPage(IMediator mediator, Viewer viewer) : DashboardPage(mediator, viewer)
{
    /// <summary>The question that the address asks, for browsers without script.</summary>
    [BindProperty(SupportsGet = true, Name = "confirm")]
    public string? Confirm { get; set; }

    /// <summary>Why what was asked was not done.</summary>
    public string? Problem { get; private set; }

    /// <summary>Reads what the page shows.</summary>
    public abstract Task OnGetAsync();

    protected async Task<IActionResult> DoAndGoAsync(IRequest<StorePosition?> command, string to, params string[] readModels) =>
        await TryAsync(() => DoAsync(command, readModels)) ? Redirect(to) : await ShowAsync();

    /// <returns>False when it was refused: then <see cref="Problem"/> says why.</returns>
    protected async Task<bool> TryAsync(Func<Task> doIt)
    {
        try
        {
            await doIt();
            return true;
        }
        catch (DomainException refused)
        {
            Problem = refused.Message;
        }
        catch (ValidationException invalid)
        {
            Problem = string.Join(' ', invalid.Errors.Select(error => error.ErrorMessage));
        }

        return false;
    }

    protected async Task<IActionResult> ShowAsync()
    {
        await OnGetAsync();
        return Page();
    }
}
