using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using MediatR;

namespace EventEngine.Application.Entries;

/// <summary>What an app's traffic consists of, per event name, most frequent first; by default of the last hour.</summary>
public sealed record ListEventTypes(OrganizationId Organization, AppId App, DateTimeOffset? From = null, DateTimeOffset? To = null)
    : IRequest<Answer<IReadOnlyList<EventTypeRow>>>;

/// <param name="ErrorRate">Dead letters in the window by events in the window, 0 to 1; may pass 1 when old events die; null without events.</param>
/// <param name="Share">Of all the app's events in the window, 0 to 1.</param>
/// <param name="Versions">Seen among its latest events, ascending.</param>
public sealed record EventTypeRow(
    string EventName,
    IReadOnlyList<int> Versions,
    long Events,
    long Published,
    long DeadLettered,
    double? AvgLatencyMs,
    double? P95LatencyMs,
    double? ErrorRate,
    double Share);
