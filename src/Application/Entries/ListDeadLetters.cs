using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.DeadLetters;
using EventEngine.Domain.Organizations;
using FluentValidation;
using MediatR;

namespace EventEngine.Application.Entries;

/// <summary>
/// Events that are dead-lettered now. <paramref name="Sort"/> is dead_lettered_at, event_name, error_class or attempts, descending with a
/// leading dash; by default the latest death comes first. Cursors lead to the page after and to the page before.
/// </summary>
public sealed record ListDeadLetters(
    OrganizationId Organization, AppId App, DeadLetterCriteria Criteria, string? Sort = null, string? Cursor = null, int Limit = 50)
    : IRequest<Answer<Page<DeadLetter>>>
{
    public sealed class Validator : AbstractValidator<ListDeadLetters>
    {
        public Validator()
        {
            RuleFor(query => query.Criteria).SetValidator(new DeadLetterCriteria.Validator());
            RuleFor(query => query.Limit).IsPageSize();
            RuleFor(query => query.Sort).Must(sort => DeadLetterSort.Named(sort) is not null)
                .WithMessage($"sort is one of {DeadLetterSort.Names}, descending with a leading dash.");
            RuleFor(query => query.Cursor).Must((query, cursor) => cursor is null || DeadLetterSort.Named(query.Sort)!.PlaceOf(cursor) is not null)
                .When(query => DeadLetterSort.Named(query.Sort) is not null).WithMessage("cursor is not one that this list gave in this order.");
        }
    }

    internal sealed class Handler(ReadModels readModels) : IRequestHandler<ListDeadLetters, Answer<Page<DeadLetter>>>
    {
        /// <summary>Among so many, in order, a text is looked for before it is asked for by its index: that many events have it is what the index can't tell.</summary>
        private const int First = 1_000;

        public Task<Answer<Page<DeadLetter>>> Handle(ListDeadLetters query, CancellationToken ct)
        {
            var sort = DeadLetterSort.Named(query.Sort)!;
            var place = query.Cursor is { } cursor ? sort.PlaceOf(cursor) : null;
            return readModels.ForAppAsync(query.Organization, query.App, ProjectionNames.Entries, async db =>
                PageOf(await ReadAsync(db, query, sort, place), query.Limit, sort, place), ct);
        }

        private static async Task<IReadOnlyList<Row>> ReadAsync(ReadSnapshot db, ListDeadLetters query, DeadLetterSort sort, DeadLetterPlace? place)
        {
            var (beyond, order) = (place is null ? null : sort.Beyond(place.Back), sort.OrderBy(place?.Back == true));
            var dead = new EventSql(query.App).And(query.Criteria).With("limit", query.Limit + 1).With("first", First);
            if (place is not null) dead.And(beyond!).With("key", place.Key).With("key_at", place.At).With("key_id", place.EventId);
            if (query.Criteria.Q is { Length: > 0 })
            {
                var any = new EventSql(query.App).And(query.Criteria with { Q = null });
                if (beyond is not null) any.And(beyond);
                var rows = await db.ListAsync<Row>(Sql(any.Where, "@first", order, $"where {EventSearch.ByIdOrError}"), dead.Parameters);
                if (rows.Count > query.Limit) return rows;
            }

            return await db.ListAsync<Row>(Sql(dead.Where, "@limit", order), dead.Parameters);
        }

        // Found by an index alone, which knows all but the error, then fetched one by one, in order, until a page is full.
        private static string Sql(string where, string most, string order, string judged = "") => $"""
            select event_id, event_name, event_version, error_message, error_class, attempts, dead_lettered_at, fingerprint
            from (select event_id, received_on, event_name, event_version, attempts, dead_lettered_at, fingerprint from {Retained.Events}
                  where {where} order by {order} limit {most}) as found
            cross join lateral (select error_message, error_class from {Retained.Events}
                  where app_id = @app and event_id = found.event_id and received_on = found.received_on offset 0) as fetched
            {judged} order by {order} limit @limit
            """;

        private static Page<DeadLetter> PageOf(IReadOnlyList<Row> rows, int limit, DeadLetterSort sort, DeadLetterPlace? place)
        {
            var (goesOn, back) = (rows.Count > limit, place?.Back == true);
            DeadLetter[] letters = [.. rows.Take(limit).Select(row => row.ToDeadLetter())];
            if (back) Array.Reverse(letters);
            if (letters.Length == 0) return new Page<DeadLetter>(letters, null);
            var (hasNext, hasPrevious) = back ? (true, goesOn) : (goesOn, place is not null);
            return new Page<DeadLetter>(
                letters, hasNext ? sort.CursorAt(letters[^1], back: false) : null, hasPrevious ? sort.CursorAt(letters[0], back: true) : null);
        }

        private sealed record Row(
            string EventId, string EventName, int? EventVersion, string? ErrorMessage, string? ErrorClass, int? Attempts, DateTimeOffset DeadLetteredAt, long Fingerprint)
        {
            public DeadLetter ToDeadLetter() =>
                new(EventId, EventName, EventVersion, ErrorMessage, ErrorClass, Attempts, DeadLetteredAt, new ErrorFingerprint(Fingerprint).ToString());
        }
    }
}

/// <param name="Group">The fingerprint of its error.</param>
public sealed record DeadLetter(
    string EventId,
    string EventName,
    int? EventVersion,
    string? ErrorMessage,
    string? ErrorClass,
    int? Attempts,
    DateTimeOffset DeadLetteredAt,
    string Group);
