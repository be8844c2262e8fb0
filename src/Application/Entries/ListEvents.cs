using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Entries;
using EventEngine.Domain.Organizations;
using FluentValidation;
using MediatR;

namespace EventEngine.Application.Entries;

/// <summary>
/// Events of an app. <paramref name="Sort"/> is one of <see cref="EventSort.Names"/>, descending with a leading dash, <c>-at</c> by default.
/// A cursor goes on after the last row of the page before it, or back from the first, whatever has arrived since.
/// </summary>
public sealed record ListEvents(
    OrganizationId Organization, AppId App, EventCriteria Criteria, string? Sort = null, string? Cursor = null, int Limit = 50)
    : IRequest<Answer<EventPage>>
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

    internal sealed class Handler(ReadModels readModels) : IRequestHandler<ListEvents, Answer<EventPage>>
    {
        public Task<Answer<EventPage>> Handle(ListEvents query, CancellationToken ct) =>
            readModels.ForAppAsync(query.Organization, query.App, ProjectionNames.Entries, async db =>
            {
                var scope = await EventSearch.FindAsync(db, new EventSql(query.App), query.Criteria);
                return await new EventPages(db, scope, EventSort.Named(query.Sort)!, Place(query)).ReadAsync(query.Limit);
            }, ct);
    }

    private static EventPlace? Place(ListEvents query) =>
        query.Cursor is { } cursor && EventSort.Named(query.Sort) is { } sort ? sort.PlaceOf(cursor) : null;
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
