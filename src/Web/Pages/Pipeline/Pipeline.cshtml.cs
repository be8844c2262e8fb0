using EventEngine.Application.Pipeline;
using EventEngine.Web.Pages.Shared;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace EventEngine.Web.Pages.Pipeline;

/// <summary>Where every projection stands, for everybody; and for operators, the way to build one anew.</summary>
public sealed class PipelineModel(IMediator mediator, Viewer viewer) : DashboardPage(mediator, viewer)
{
    private const long BehindMs = 5_000;
    private readonly IMediator _mediator = mediator;

    public PipelineState State { get; private set; } = null!;

    public long WorstLagMs => State.Projections.Select(projection => projection.LagMs).DefaultIfEmpty().Max();

    public async Task OnGetAsync() => State = await AskAsync(new ListProjections());

    public Task<IActionResult> OnPostRebuildAsync(string projection, bool accept) => AskForAsync(new(projection, RebuildKind.Rebuild, AcceptDifferences: accept));

    public Task<IActionResult> OnPostVerifyAsync(string projection) => AskForAsync(new(projection, RebuildKind.Verify));

    public Task<IActionResult> OnPostRollbackAsync(string projection) => AskForAsync(new(projection, RebuildKind.Rollback));

    public Task<IActionResult> OnPostDiscardAsync(string projection) => AskForAsync(new(projection, RebuildKind.Discard));

    public async Task<IActionResult> OnPostCancelAsync(string projection)
    {
        if (!await _mediator.Send(new CancelRebuild(Viewer.PersonId, projection), HttpContext.RequestAborted)) TempData[Notice.Key] = "Nothing was going on any more.";
        return RedirectToPage(null);
    }

    public static (string Word, string Tone) Health(ProjectionRow projection) => projection switch
    {
        { State: "stopped" } => ("Stopped", "bad"),
        { State: "outdated" } => ("Being rebuilt for a new version", "warn"),
        { Leader: null } => ("Nobody leads", "bad"),
        { LagMs: > BehindMs } => ("Behind", "warn"),
        _ => ("Running", "ok"),
    };

    /// <summary>What is going on with the projection, or what was done last, in a sentence.</summary>
    public static string Say(RebuildRow rebuild) => rebuild.State switch
    {
        "waiting" => $"{rebuild.Kind} waits for the worker",
        "building" => $"{rebuild.Kind}: {Words.Count(rebuild.Applied)} events built, {Words.Rate(rebuild.PerSecond ?? 0)} events/s{Left(rebuild)}",
        "verifying" => $"{rebuild.Kind}: comparing with the live tables",
        "swapping" => $"{rebuild.Kind}: catching up to swap",
        "swapped" => $"{rebuild.Kind}: swapped in",
        "verified" when rebuild.Keep => "Built and equal, left beside",
        "verified" => "Verified: equal to what the store gives",
        "differs" when rebuild.Kind == RebuildKind.Verify => "Verified: differs from what the store gives",
        "differs" => "Built, differs from the live tables, not swapped in",
        "failed" => $"{rebuild.Kind} failed",
        _ => $"{rebuild.Kind} {rebuild.State}",
    };

    private static string Left(RebuildRow rebuild) => rebuild.SecondsLeft is { } seconds ? $", about {Words.Span(TimeSpan.FromSeconds(seconds))} left" : "";

    private async Task<IActionResult> AskForAsync(RebuildRequest request)
    {
        if (!await _mediator.Send(new AskRebuild(Viewer.PersonId, request), HttpContext.RequestAborted))
            TempData[Notice.Key] = "Something is going on with this projection already; cancel that first.";
        return RedirectToPage(null);
    }
}
