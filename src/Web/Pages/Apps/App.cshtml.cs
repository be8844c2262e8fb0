using EventEngine.Application.Deploys;
using EventEngine.Application.Entries;
using EventEngine.Web.Pages.Shared;
using FluentValidation;
using MediatR;

namespace EventEngine.Web.Pages.Apps;

public sealed class AppModel(IMediator mediator, Viewer viewer) : AppPage(mediator, viewer)
{
    public TimeRange Range { get; private set; } = null!;

    public Throughput Throughput { get; private set; } = null!;

    public Latency Latency { get; private set; } = null!;

    public AppSummary Summary { get; private set; } = null!;

    /// <summary>In flight for longer than the app's limit.</summary>
    public Overdue Overdue { get; private set; } = null!;

    public LedgerHours Ledger { get; private set; } = null!;

    public IReadOnlyList<EventTypeRow> EventTypes { get; private set; } = [];

    /// <summary>Deploys in the range.</summary>
    public IReadOnlyList<ChartMark> Marks { get; private set; } = [];

    /// <summary>Null: as of now.</summary>
    public PastView? Past { get; private set; }

    public long Events => Throughput.Points.Sum(point => point.Events);

    public long DeadLetters => Throughput.Points.Sum(point => point.DeadLettered);

    public double? ErrorRate => Events == 0 ? null : (double)DeadLetters / Events;

    public double PerMinute => Events / Math.Max(1, Range.Span.TotalMinutes);

    public async Task OnGetAsync()
    {
        await LoadAppAsync();
        if (Request.Query["as_of"].ToString() is { Length: > 0 } asOf)
        {
            Past = await LookBackAsync(asOf);
            return;
        }

        Range = TimeRange.Read(Request.Query, Viewer);
        Throughput = await AskAsync(new GetThroughput(Viewer.Organization, App.Id, Range.From, Range.To));
        Latency = await AskAsync(new GetLatency(Viewer.Organization, App.Id, Range.From, Range.To));
        Marks = ChartMark.Of(await AskAsync(new ListDeploys(Viewer.Organization, App.Id, Range.From, Range.To)), Viewer);
        EventTypes = await AskAsync(new ListEventTypes(Viewer.Organization, App.Id, Range.From, Range.To));
        Summary = await AskAsync(new GetAppSummary(Viewer.Organization, App.Id));
        Overdue = await AskAsync(new CountInFlight(Viewer.Organization, App.Id));
        Ledger = await AskAsync(new GetLedger(Viewer.Organization, App.Id, Viewer.StartOfDay));
    }

    private async Task<PastView> LookBackAsync(string text)
    {
        if (Viewer.ReadTime(text) is not { } at) return new PastView(null, "", null, null, "That is no time: choose a day and a time of day.");
        var field = Viewer.Local(at).ToString("yyyy-MM-dd'T'HH:mm:ss");
        try
        {
            var summary = await AskAsync(new GetPastSummary(Viewer.Organization, App.Id, at));
            return new PastView(at, field, summary, await AskAsync(new GetPastThroughput(Viewer.Organization, App.Id, at, at.AddHours(-24))), null);
        }
        catch (ValidationException refused)
        {
            return new PastView(at, field, null, null, string.Join(' ', refused.Errors.Select(error => error.ErrorMessage)));
        }
    }
}
