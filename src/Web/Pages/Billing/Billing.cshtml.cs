using EventEngine.Application.Billing;
using EventEngine.Application.Shared;
using EventEngine.Domain.Organizations;
using EventEngine.Web.Pages.Landing;
using EventEngine.Web.Pages.Shared;
using MediatR;
using Microsoft.Extensions.Options;

namespace EventEngine.Web.Pages.Billing;

/// <summary>The plan, and how much of it is used.</summary>
public sealed class BillingModel(IMediator mediator, Viewer viewer, IOptions<EventEngineOptions> options) : DashboardPage(mediator, viewer)
{
    public Usage Usage { get; private set; } = null!;

    public PlanLimits Limits { get; private set; } = null!;

    public IReadOnlyList<(Plan Plan, Offer Offer)> Offers { get; } =
        [.. Enum.GetValues<Plan>().Select(plan => (plan, Offer.Of(plan, options.Value.LimitsOf(plan))))];

    /// <summary>0 to 1; null without a limit.</summary>
    public double? Share => Usage.Limit is { } limit ? Math.Min(1, (double)Usage.Used / Math.Max(1, limit)) : null;

    public string Tone => Share switch { >= 1 => "bad", >= 0.8 => "warn", _ => "1" };

    public int ActiveApps => Usage.Apps.Count(app => app.Id is not null);

    public async Task OnGetAsync()
    {
        Usage = await AskAsync(new GetUsage(Viewer.Organization));
        Limits = options.Value.LimitsOf(Usage.Plan);
    }
}
