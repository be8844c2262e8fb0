using EventEngine.Application.Apps;
using EventEngine.Application.Entries;
using EventEngine.Application.Shared;
using EventEngine.Domain.Organizations;
using MediatR;

namespace EventEngine.Application.Overview;

/// <summary>The landing page: every app, and the day so far.</summary>
/// <param name="StartOfDay">Midnight where the viewer is.</param>
public sealed record GetOverview(OrganizationId Organization, DateTimeOffset StartOfDay) : IRequest<Answer<OverviewAnswer>>;

public sealed record OverviewAnswer(IReadOnlyList<OverviewApp> Apps, ActivityTotals Today);

/// <param name="Activity">The last 60 minutes, and the app's own day so far; zeros for an app that reported nothing.</param>
public sealed record OverviewApp(AppRow App, AppActivity Activity);
