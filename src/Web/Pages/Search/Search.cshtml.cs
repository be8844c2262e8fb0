using EventEngine.Application.Search;
using EventEngine.Web.Pages.Shared;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace EventEngine.Web.Pages.Search;

public sealed class SearchModel(IMediator mediator, Viewer viewer) : DashboardPage(mediator, viewer)
{
    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    public SearchHits Hits { get; private set; } = new([], [], []);

    public bool FoundNothing => Hits is { Apps: [], EventNames: [], Events: [] };

    public async Task OnGetAsync()
    {
        if (!string.IsNullOrWhiteSpace(Q)) Hits = await AskAsync(new SearchOrganization(Viewer.Organization, Q.Trim()));
    }
}
