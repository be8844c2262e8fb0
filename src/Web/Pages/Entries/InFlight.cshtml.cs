using EventEngine.Application.Entries;
using EventEngine.Web.Pages.Shared;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace EventEngine.Web.Pages.Entries;

/// <summary>Events that should have been published by now, oldest first.</summary>
public sealed class InFlightModel(IMediator mediator, Viewer viewer) : AppPage(mediator, viewer)
{
    [BindProperty(SupportsGet = true, Name = "cursor")]
    public string? Cursor { get; set; }

    public InFlightPage Found { get; private set; } = null!;

    public string Limit => $"{Found.Overdue.OlderThanMinutes:N0} min";

    public string Address => $"{Home}/in-flight";

    public async Task OnGetAsync()
    {
        await LoadAppAsync();
        Found = await AskAsync(new ListInFlight(Viewer.Organization, App.Id, string.IsNullOrEmpty(Cursor) ? null : Cursor));
    }
}
