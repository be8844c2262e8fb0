using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using FluentValidation;
using MediatR;

namespace EventEngine.Application.Entries;

/// <summary>Events that are dead-lettered now, latest death first. The range is over the time of death.</summary>
/// <param name="Attempts">At least that many.</param>
/// <param name="Q">Beginning of the event id, or a part of the error's message.</param>
public sealed record ListDeadLetters(
    OrganizationId Organization,
    AppId App,
    string? ErrorClass = null,
    string? Q = null,
    int? Attempts = null,
    DateTimeOffset? From = null,
    DateTimeOffset? To = null,
    string? Cursor = null,
    int Limit = 50) : IRequest<Answer<Page<DeadLetter>>>, ITimeRange
{
    private const string ListName = "dead_letters";

    public sealed class Validator : AbstractValidator<ListDeadLetters>
    {
        public Validator()
        {
            Include(TimeRangeRules.Open);
            RuleFor(query => query.Limit).IsPageSize();
            RuleFor(query => query.ErrorClass).SearchText("error_class");
            RuleFor(query => query.Q).SearchText("q");
            RuleFor(query => query.Cursor).Must(cursor => cursor is null || Place(cursor) is not null).WithMessage("cursor is not one that this list gave.");
        }
    }

    internal sealed class Handler(ReadModels readModels) : IRequestHandler<ListDeadLetters, Answer<Page<DeadLetter>>>
    {
        public Task<Answer<Page<DeadLetter>>> Handle(ListDeadLetters query, CancellationToken ct)
        {
            var dead = new EventSql(query.App).And("status = 2")
                .And("error_class = @error_class", "error_class", query.ErrorClass)
                .And("attempts >= @attempts", "attempts", query.Attempts)
                .And("dead_lettered_at >= @from", "from", query.From)
                .And("dead_lettered_at < @to", "to", query.To);
            if (query.Q is { Length: > 0 } q)
                dead.And("(event_id like @prefix or error_message ilike @part)", "prefix", StorableText.Prefix(q)).With("part", StorableText.Part(q));
            if (query.Cursor is { } cursor && Place(cursor) is var (at, id))
                dead.And("(dead_lettered_at, event_id) < (@key, @key_id)", "key", at).With("key_id", id);
            dead.With("limit", query.Limit + 1);
            var sql = $"""
                select event_id, event_name, error_message, error_class, attempts, dead_lettered_at from {Retained.Events}
                where {dead.Where} order by dead_lettered_at desc, event_id desc limit @limit
                """;
            return readModels.ForAppAsync(query.Organization, query.App, ProjectionNames.Entries, async db =>
                Page.Of(await db.ListAsync<DeadLetter>(sql, dead.Parameters), query.Limit, CursorAfter), ct);
        }

        private static PageCursor CursorAfter(DeadLetter row) => new(ListName, $"{row.DeadLetteredAt.UtcTicks}", row.EventId);
    }

    private static (DateTimeOffset At, string EventId)? Place(string cursor) =>
        PageCursor.Parse(cursor, ListName, parts: 3) is { Parts: [_, var at, var id] } && PageCursor.TimeOf(at) is { } time ? (time, id) : null;
}

public sealed record DeadLetter(
    string EventId, string EventName, string? ErrorMessage, string? ErrorClass, int? Attempts, DateTimeOffset DeadLetteredAt);
