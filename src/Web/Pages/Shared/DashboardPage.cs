using EventEngine.Application.Shared;
using MediatR;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace EventEngine.Web.Pages.Shared;

/// <summary>What every page inside the shell has: its viewer, its questions, and how fresh the answers were.</summary>
public abstract class DashboardPage(IMediator mediator, Viewer viewer) : PageModel
{
    public Viewer Viewer { get; } = viewer;

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
}
