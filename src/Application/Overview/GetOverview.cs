using EventEngine.Application.Apps;
using EventEngine.Application.Entries;
using EventEngine.Application.Shared;
using EventEngine.Domain.Organizations;
using MediatR;

namespace EventEngine.Application.Overview;

/// <summary>The landing page: every app, and the day so far.</summary>
/// <param name="StartOfDay">Midnight where the viewer is.</param>
public sealed record GetOverview(OrganizationId Organization, DateTimeOffset StartOfDay) : IRequest<Answer<OverviewAnswer>>
{
    internal sealed class Handler(IMediator mediator) : IRequestHandler<GetOverview, Answer<OverviewAnswer>>
    {
        private const int Minutes = 60;

        public async Task<Answer<OverviewAnswer>> Handle(GetOverview query, CancellationToken ct)
        {
            var apps = await mediator.Send(new ListApps(query.Organization), ct);
            var activity = await mediator.Send(new GetActivity(query.Organization, query.StartOfDay, Minutes), ct);
            var rows = apps.Value.Select(app => new OverviewApp(app, activity.Value.Apps.GetValueOrDefault(app.Id) ?? AppActivity.None(Minutes)));
            return new Answer<OverviewAnswer>(new OverviewAnswer([.. rows], activity.Value.Totals), activity.AsOf);
        }
    }
}

public sealed record OverviewAnswer(IReadOnlyList<OverviewApp> Apps, ActivityTotals Today);

/// <param name="Activity">The last 60 minutes, and the app's own day so far; zeros for an app that reported nothing.</param>
public sealed record OverviewApp(AppRow App, AppActivity Activity);
