using System.Globalization;
using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using FluentValidation;
using MediatR;

namespace EventEngine.Application.Retries;

/// <summary>What became of each item of a retry, in the order in which they are sent.</summary>
/// <param name="State">requested, sending, accepted, refused, unconfirmed, unreachable, cancelled, published or dead_lettered; null: all.</param>
/// <exception cref="NotFoundException">The organization has no such app, or the app no such retry.</exception>
public sealed record ListRetryItems(OrganizationId Organization, AppId App, Guid RetryId, string? State = null, string? Cursor = null, int Limit = 50)
    : IRequest<Answer<Page<RetryItem>>>
{
    private const string ListName = "retry_items";

    private static readonly string[] States = ["requested", "sending", "accepted", "refused", "unconfirmed", "unreachable", "cancelled", "published", "dead_lettered"];

    public sealed class Validator : AbstractValidator<ListRetryItems>
    {
        public Validator()
        {
            RuleFor(query => query.Limit).IsPageSize();
            RuleFor(query => query.State).Must(state => state is null || States.Contains(state)).WithMessage($"state is one of {string.Join(", ", States)}.");
            RuleFor(query => query.Cursor).Must(cursor => cursor is null || After(cursor) is not null).WithMessage("cursor is not one that this list gave.");
        }
    }

    internal sealed class Handler(ReadModels readModels) : IRequestHandler<ListRetryItems, Answer<Page<RetryItem>>>
    {
        private const string Exists = "select 1 as found from views.retries where app_id = @app and retry_id = @RetryId and requested_at >= @retained_since";

        private const string Sql = """
            select number, event_id, event_name, state, status_code, reason, sent_at, answered_at, confirmed_at from views.retry_items
            where retry_id = @RetryId and number > @after and (@State::text is null or state = @State) order by number limit @limit
            """;

        public Task<Answer<Page<RetryItem>>> Handle(ListRetryItems query, CancellationToken ct) =>
            readModels.ForAppAsync(query.Organization, query.App, ProjectionNames.Retries, async db =>
            {
                var key = new { app = query.App.Value, query.RetryId, query.State, after = query.Cursor is { } cursor ? After(cursor) : -1, limit = query.Limit + 1 };
                if ((await db.ListAsync<int>(Exists, key)).Count == 0) throw new NotFoundException("retry");
                var items = (await db.ListAsync<Row>(Sql, key)).Select(row => row.ToItem()).ToList();
                return Page.Of(items, query.Limit, last => new PageCursor(ListName, last.Number.ToString(CultureInfo.InvariantCulture)));
            }, ct);

        private sealed record Row(
            int Number, string EventId, string EventName, string State, int? StatusCode, string? Reason, DateTimeOffset? SentAt, DateTimeOffset? AnsweredAt, DateTimeOffset? ConfirmedAt)
        {
            public RetryItem ToItem() => new(Number, EventId, EventName, RetrySql.Parse<RetryItemState>(State), StatusCode, Reason, SentAt, AnsweredAt, ConfirmedAt);
        }
    }

    private static int? After(string cursor) =>
        PageCursor.Parse(cursor, ListName, parts: 2) is { Parts: [_, var number] } && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var after) ? after : null;
}

/// <param name="StatusCode">Of the app's answer.</param>
/// <param name="Reason">Why it was refused, or is unconfirmed.</param>
/// <param name="ConfirmedAt">When we learned what the app reported.</param>
public sealed record RetryItem(
    int Number, string EventId, string EventName, RetryItemState State, int? StatusCode, string? Reason, DateTimeOffset? SentAt, DateTimeOffset? AnsweredAt, DateTimeOffset? ConfirmedAt);
