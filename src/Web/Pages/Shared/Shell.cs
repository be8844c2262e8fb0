using EventEngine.Application.Apps;
using EventEngine.Application.Organizations;
using EventEngine.Application.Pipeline;
using MediatR;

namespace EventEngine.Web.Pages.Shared;

/// <summary>What stands around every page: the organization, its apps with their health, and what needs action.</summary>
public sealed class Shell(IMediator mediator, Viewer viewer)
{
    public async Task<ShellState> LoadAsync(CancellationToken ct)
    {
        var organization = await mediator.Send(new GetOrganization(viewer.Organization), ct);
        var apps = await mediator.Send(new ListApps(viewer.Organization), ct);
        var pipeline = await mediator.Send(new ListProjections(), ct);
        var stopped = pipeline.Value.Projections.Where(projection => projection.State == "stopped").Select(projection => projection.Name);
        return new ShellState(organization.Value.Name, apps.Value, [.. stopped]);
    }
}

public sealed record ShellState(string Organization, IReadOnlyList<AppRow> Apps, IReadOnlyList<string> StoppedProjections);
