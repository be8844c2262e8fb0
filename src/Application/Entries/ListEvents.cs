using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Entries;
using EventEngine.Domain.Organizations;
using MediatR;

namespace EventEngine.Application.Entries;

/// <summary>
/// Events of an app. <paramref name="Sort"/> is at, event_name, status, version, attempts, latency_ms or reported_at, descending with a
/// leading dash, <c>-at</c> by default. A cursor goes on after the last row of the page before it, whatever has arrived since.
/// </summary>
public sealed record ListEvents(
    OrganizationId Organization, AppId App, EventCriteria Criteria, string? Sort = null, string? Cursor = null, int Limit = 50)
    : IRequest<Answer<Page<EventRow>>>;

/// <param name="Status">emitted, published or dead_lettered.</param>
/// <param name="From">Own time of the event, inclusive; <paramref name="To"/> is exclusive.</param>
/// <param name="Q">Beginning of the event id or of the idempotency key, or a part of the error's class or message.</param>
public sealed record EventCriteria(
    string? EventName = null, string? Status = null, int? Version = null, DateTimeOffset? From = null, DateTimeOffset? To = null, string? Q = null);

/// <param name="At">The event's own time: when it occurred, else its earliest transition.</param>
/// <param name="LatencyApproximate">Derived from the entries' own timestamps, or repaired.</param>
/// <param name="ReportedAt">When we first heard of it.</param>
public sealed record EventRow(
    string EventId,
    string EventName,
    string? EventType,
    int? EventVersion,
    EntryStatus Status,
    int? Attempts,
    string? IdempotencyKey,
    string? AggregateType,
    string? AggregateId,
    long? AggregateVersion,
    double? LatencyMs,
    bool LatencyApproximate,
    DateTimeOffset At,
    DateTimeOffset? OccurredAt,
    DateTimeOffset? PublishedAt,
    DateTimeOffset? DeadLetteredAt,
    DateTimeOffset ReportedAt,
    string? ErrorClass,
    string? ErrorMessage,
    string? GemVersion);
