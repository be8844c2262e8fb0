using EventEngine.Application.Entries;
using EventEngine.Web.Pages.Shared;
using MediatR;

namespace EventEngine.Web.Pages.Apps;

public sealed class AppModel(IMediator mediator, Viewer viewer) : AppPage(mediator, viewer)
{
    public TimeRange Range { get; private set; } = null!;

    public Throughput Throughput { get; private set; } = null!;

    public Latency Latency { get; private set; } = null!;

    public AppSummary Summary { get; private set; } = null!;

    public LedgerHours Ledger { get; private set; } = null!;

    public IReadOnlyList<EventTypeRow> EventTypes { get; private set; } = [];

    public long Events => Throughput.Points.Sum(point => point.Events);

    public long DeadLetters => Throughput.Points.Sum(point => point.DeadLettered);

    public double? ErrorRate => Events == 0 ? null : (double)DeadLetters / Events;

    public double PerMinute => Events / Math.Max(1, Range.Span.TotalMinutes);

    public async Task OnGetAsync()
    {
        await LoadAppAsync();
        Range = TimeRange.Read(Request.Query, Viewer);
        Throughput = await AskAsync(new GetThroughput(Viewer.Organization, App.Id, Range.From, Range.To));
        Latency = await AskAsync(new GetLatency(Viewer.Organization, App.Id, Range.From, Range.To));
        EventTypes = await AskAsync(new ListEventTypes(Viewer.Organization, App.Id, Range.From, Range.To));
        Summary = await AskAsync(new GetAppSummary(Viewer.Organization, App.Id));
        Ledger = await AskAsync(new GetLedger(Viewer.Organization, App.Id, Viewer.StartOfDay));
    }
}
