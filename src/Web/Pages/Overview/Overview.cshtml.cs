using EventEngine.Application.Entries;
using EventEngine.Application.Overview;
using EventEngine.Web.Pages.Shared;
using MediatR;

namespace EventEngine.Web.Pages.Overview;

public sealed class OverviewModel(IMediator mediator, Viewer viewer) : DashboardPage(mediator, viewer)
{
    public TimeRange Range { get; private set; } = null!;

    public OverviewAnswer Overview { get; private set; } = null!;

    public ChartView? Throughput { get; private set; }

    /// <summary>Of all apps, per minute of the last hour.</summary>
    public IReadOnlyList<long> EventsPerMinute => SumOf(app => app.Activity.EventsPerMinute);

    public IReadOnlyList<long> DeadLettersPerMinute => SumOf(app => app.Activity.DeadLettersPerMinute);

    public async Task OnGetAsync()
    {
        Range = TimeRange.Read(Request.Query, Viewer);
        Overview = await AskAsync(new GetOverview(Viewer.Organization, Viewer.StartOfDay));
        var parts = new List<Throughput>();
        foreach (var app in Overview.Apps) parts.Add(await AskAsync(new GetThroughput(Viewer.Organization, app.App.Id, Range.From, Range.To)));
        if (parts.Count > 0) Throughput = Charts.Throughput(Charts.Sum(parts), events: null, Range.IsUpToNow);
    }

    /// <summary>Of the last five whole minutes.</summary>
    public static double RateOf(AppActivity activity) => activity.EventsPerMinute.SkipLast(1).TakeLast(5).DefaultIfEmpty().Average();

    private List<long> SumOf(Func<OverviewApp, IReadOnlyList<long>> of)
    {
        var all = Overview.Apps.Select(of).Where(minutes => minutes.Count > 0).ToList();
        return all.Count == 0 ? [] : [.. Enumerable.Range(0, all.Min(minutes => minutes.Count)).Select(i => all.Sum(minutes => minutes[i]))];
    }
}
