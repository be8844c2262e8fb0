using EventEngine.Application.EventStore;
using EventEngine.Application.Pipeline;
using EventEngine.Application.Shared;
using MediatR;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace EventEngine.Web.Pages.Shared;

/// <summary>What every page inside the shell has: its viewer, its questions, and how fresh the answers were.</summary>
public abstract class DashboardPage(IMediator mediator, Viewer viewer) : PageModel
{
    public Viewer Viewer { get; } = viewer;

    protected IMediator Mediator => mediator;

    /// <summary>Of the answer that was furthest behind; null while nothing was asked.</summary>
    public AsOf? AsOf { get; private set; }

    /// <summary>The app that the page follows live; null: the whole organization.</summary>
    public virtual string? LiveApp => null;

    protected async Task<T> AskAsync<T>(IRequest<Answer<T>> query)
    {
        var answer = await mediator.Send(query, HttpContext.RequestAborted);
        if (AsOf is null || answer.AsOf.LagMs > AsOf.LagMs) AsOf = answer.AsOf;
        return answer.Value;
    }

    /// <summary>Does it, and waits until the pages can show it.</summary>
    /// <param name="readModels">Whose answers the next page shows.</param>
    /// <returns>False when there was nothing to do any more.</returns>
    protected async Task<bool> DoAsync(IRequest<StorePosition?> command, params string[] readModels)
    {
        var position = await mediator.Send(command, HttpContext.RequestAborted);
        if (position is null) return false;
        var isShown = await mediator.Send(new AwaitPosition(position.Value, readModels), HttpContext.RequestAborted);
        if (!isShown) TempData[Notice.Key] = Notice.StillOnItsWay;
        return true;
    }
}
