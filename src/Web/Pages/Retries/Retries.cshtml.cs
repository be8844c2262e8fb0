using EventEngine.Application.Retries;
using EventEngine.Application.Shared;
using EventEngine.Web.Pages.Shared;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace EventEngine.Web.Pages.Retries;

/// <summary>What was retried of an app, the latest first.</summary>
public sealed class RetriesModel(IMediator mediator, Viewer viewer) : AppPage(mediator, viewer)
{
    [BindProperty(SupportsGet = true)]
    public string? Cursor { get; set; }

    public Page<RetryRow> Retries { get; private set; } = null!;

    public async Task OnGetAsync()
    {
        await LoadAppAsync();
        Retries = await AskAsync(new ListRetries(Viewer.Organization, App.Id, string.IsNullOrEmpty(Cursor) ? null : Cursor));
    }
}
