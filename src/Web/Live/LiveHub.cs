using EventEngine.Application.Apps;
using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using EventEngine.Web.People;
using EventEngine.Web.Shared;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;

namespace EventEngine.Web.Live;

/// <summary>Where open pages wait for news. A connection only ever hears of its own organization.</summary>
[Authorize(AuthenticationSchemes = SessionHandler.SchemeName)]
public sealed class LiveHub(IMediator mediator, LiveConnections connections) : Hub
{
    public static string GroupOf(OrganizationId organization) => $"organization:{organization}";

    public static string GroupOf(AppId app) => $"app:{app}";

    public override Task OnConnectedAsync()
    {
        connections.Opened(Context);
        return Task.CompletedTask;
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        connections.Closed(Context);
        return Task.CompletedTask;
    }

    /// <summary>Follows one app, or with null the whole organization.</summary>
    /// <exception cref="HubException">The organization has no such app; whether another one has it is not told.</exception>
    public async Task Watch(string? app)
    {
        var organization = Context.User!.Organization();
        if (app is null)
        {
            await Groups.AddToGroupAsync(Context.ConnectionId, GroupOf(organization));
            return;
        }

        var known = AppId.TryParse(app, out var id) && await OwnsAsync(organization, id);
        if (!known) throw new HubException("There is no such app.");
        await Groups.AddToGroupAsync(Context.ConnectionId, GroupOf(id));
    }

    private async Task<bool> OwnsAsync(OrganizationId organization, AppId app)
    {
        try
        {
            await mediator.Send(new GetApp(organization, app), Context.ConnectionAborted);
            return true;
        }
        catch (NotFoundException)
        {
            return false;
        }
    }
}
