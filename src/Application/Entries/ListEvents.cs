using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Entries;
using EventEngine.Domain.Organizations;
using FluentValidation;
using MediatR;

namespace EventEngine.Application.Entries;

/// <summary>
/// Events of an app. <paramref name="Sort"/> is at, event_name, status, version, attempts, latency_ms or reported_at, descending with a
/// leading dash, <c>-at</c> by default. A cursor goes on after the last row of the page before it, whatever has arrived since.
/// </summary>
public sealed record ListEvents(
    OrganizationId Organization, AppId App, EventCriteria Criteria, string? Sort = null, string? Cursor = null, int Limit = 50)
    : IRequest<Answer<Page<EventRow>>>
{
    public sealed class Validator : AbstractValidator<ListEvents>
    {
        public Validator()
        {
            RuleFor(query => query.Criteria).SetValidator(new EventCriteria.Validator());
            RuleFor(query => query.Limit).IsPageSize();
            RuleFor(query => query.Sort).Must(sort => EventSort.Named(sort) is not null).WithMessage($"sort is one of {EventSort.Names}, descending with a leading dash.");
            RuleFor(query => query.Cursor).Must((query, cursor) => cursor is null || Place(query) is not null)
                .When(query => EventSort.Named(query.Sort) is not null).WithMessage("cursor is not one that this list gave in this order.");
        }
    }

    internal sealed class Handler(ReadModels readModels) : IRequestHandler<ListEvents, Answer<Page<EventRow>>>
    {
        public Task<Answer<Page<EventRow>>> Handle(ListEvents query, CancellationToken ct)
        {
            var sort = EventSort.Named(query.Sort)!;
            var events = new EventSql(query.App).And(query.Criteria);
            var place = Place(query);
            if (place is not null) events.With("key", place.Key).With("key_at", place.At).With("key_id", place.EventId);
            events.With("limit", query.Limit + 1);
            var tail = $"order by {sort.OrderBy} limit @limit";
            var sql = $"select {EventSql.Columns} from {EventSearch.Rows(events, query.Criteria.Q, place is null ? null : sort.After, tail)} {tail}";
            return readModels.ForAppAsync(query.Organization, query.App, ProjectionNames.Entries, async db =>
                Page.Of(await db.ListAsync<EventRow>(sql, events.Parameters), query.Limit, sort.CursorAfter), ct);
        }
    }

    private static EventPlace? Place(ListEvents query) =>
        query.Cursor is { } cursor && EventSort.Named(query.Sort) is { } sort ? sort.PlaceOf(cursor) : null;
}

/// <param name="Status">emitted, published or dead_lettered.</param>
/// <param name="From">Own time of the event, inclusive; <paramref name="To"/> is exclusive.</param>
/// <param name="Q">Beginning of the event id, a part of the error's class or message, or, among the latest 10,000, beginning of the idempotency key.</param>
public sealed record EventCriteria(
    string? EventName = null, string? Status = null, int? Version = null, DateTimeOffset? From = null, DateTimeOffset? To = null, string? Q = null)
    : ITimeRange
{
    private static readonly string[] Statuses = ["emitted", "published", "dead_lettered"];

    /// <returns>Null for a name that is no status.</returns>
    public static EntryStatus? StatusOf(string? name) => Array.IndexOf(Statuses, name) is >= 0 and var index ? (EntryStatus)index : null;

    public sealed class Validator : AbstractValidator<EventCriteria>
    {
        public Validator()
        {
            Include(TimeRangeRules.Open);
            RuleFor(criteria => criteria.EventName).SearchText("event_name");
            RuleFor(criteria => criteria.Q).SearchText("q");
            RuleFor(criteria => criteria.Status).Must(status => status is null || StatusOf(status) is not null)
                .WithMessage($"status is one of {string.Join(", ", Statuses)}.");
        }
    }
}

/// <param name="At">The event's own time: when it occurred, else its earliest transition.</param>
/// <param name="LatencyApproximate">Derived from the entries' own timestamps, or repaired.</param>
/// <param name="ReportedAt">When we first heard of it.</param>
public record EventRow(
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
