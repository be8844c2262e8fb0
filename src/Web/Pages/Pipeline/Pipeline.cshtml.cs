using EventEngine.Application.Pipeline;
using EventEngine.Web.Pages.Shared;
using MediatR;

namespace EventEngine.Web.Pages.Pipeline;

public sealed class PipelineModel(IMediator mediator, Viewer viewer) : DashboardPage(mediator, viewer)
{
    private const long BehindMs = 5_000;

    public PipelineState State { get; private set; } = null!;

    public long WorstLagMs => State.Projections.Select(projection => projection.LagMs).DefaultIfEmpty().Max();

    public async Task OnGetAsync() => State = await AskAsync(new ListProjections());

    public static (string Word, string Tone) Health(ProjectionRow projection) => projection switch
    {
        { State: "stopped" } => ("Stopped", "bad"),
        { LagMs: > BehindMs } => ("Behind", "warn"),
        _ => ("Running", "ok"),
    };
}
