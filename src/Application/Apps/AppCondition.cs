using EventEngine.Application.Entries;
using EventEngine.Application.Heartbeats;
using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using MediatR;

namespace EventEngine.Application.Apps;

/// <summary>The signs of all apps of an organization, put together from what other features know of them.</summary>
internal sealed class AppCondition(
    IReadOnlyDictionary<AppId, Sighting> sightings, IReadOnlyDictionary<AppId, InFlight> inFlight, AsOf asOf, DateTimeOffset now)
{
    public AsOf AsOf { get; } = asOf;

    public static async Task<AppCondition> ReadAsync(IMediator mediator, OrganizationId organization, DateTimeOffset now, CancellationToken ct)
    {
        var sightings = await mediator.Send(new ListSightings(organization), ct);
        var inFlight = await mediator.Send(new GetInFlight(organization), ct);
        return new AppCondition(sightings.Value, inFlight.Value, inFlight.AsOf, now);
    }

    public Sighting? SightingOf(AppId app) => sightings.GetValueOrDefault(app);

    public InFlight? InFlightOf(AppId app) => inFlight.GetValueOrDefault(app);

    public AppHealth HealthOf(AppId app)
    {
        var seen = SightingOf(app);
        var signs = new AppSigns(seen?.LastSeenAt, seen?.UsualGap, seen?.LastHeartbeatAt, InFlightOf(app)?.OldestAt);
        var thresholds = InFlightOf(app) is { } inFlight ? HealthThresholds.Default with { InFlight = inFlight.Limit } : HealthThresholds.Default;
        return AppHealthRule.Judge(signs, thresholds, now);
    }
}
