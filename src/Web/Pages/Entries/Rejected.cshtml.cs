using EventEngine.Application.Entries;
using EventEngine.Application.Shared;
using EventEngine.Web.Pages.Shared;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace EventEngine.Web.Pages.Entries;

public sealed class RejectedModel(IMediator mediator, Viewer viewer) : AppPage(mediator, viewer)
{
    [BindProperty(SupportsGet = true)]
    public string? Cursor { get; set; }

    public Page<RejectedEntry> Rejected { get; private set; } = null!;

    public async Task OnGetAsync()
    {
        await LoadAppAsync();
        Rejected = await AskAsync(new ListRejectedEntries(Viewer.Organization, App.Id, string.IsNullOrEmpty(Cursor) ? null : Cursor));
    }
}
