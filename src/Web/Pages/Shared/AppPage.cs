using EventEngine.Application.Apps;
using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace EventEngine.Web.Pages.Shared;

/// <summary>A page about one app of the viewer's organization; anything else is not found.</summary>
public abstract class AppPage(IMediator mediator, Viewer viewer) : DashboardPage(mediator, viewer)
{
    [BindProperty(SupportsGet = true, Name = "id")]
    public string Id { get; set; } = "";

    public AppDetail App { get; private set; } = null!;

    public override string? LiveApp => App?.Id.ToString();

    public string Home => $"/dashboard/apps/{App.Id}";

    /// <exception cref="NotFoundException">The organization has no such app.</exception>
    protected async Task LoadAppAsync()
    {
        if (!AppId.TryParse(Id, out var app)) throw new NotFoundException("app");
        App = await AskAsync(new GetApp(Viewer.Organization, app));
    }
}
