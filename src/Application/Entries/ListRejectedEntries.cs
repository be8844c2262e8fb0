using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using FluentValidation;
using MediatR;

namespace EventEngine.Application.Entries;

/// <summary>What validation turned down, latest first.</summary>
public sealed record ListRejectedEntries(OrganizationId Organization, AppId App, string? Cursor = null, int Limit = 50)
    : IRequest<Answer<Page<RejectedEntry>>>
{
    public sealed class Validator : AbstractValidator<ListRejectedEntries>
    {
        public Validator()
        {
            RuleFor(query => query.Limit).IsPageSize();
            RuleFor(query => query.Cursor).Must(cursor => cursor is null || Place.Of(cursor) is not null).WithMessage("cursor is not one that this list gave.");
        }
    }

    internal sealed class Handler(ReadModels readModels) : IRequestHandler<ListRejectedEntries, Answer<Page<RejectedEntry>>>
    {
        private const string Sql = $"""
            select received_at, index, reason, event_id, event_name, commit_position, prepare_position from {Retained.Rejected}
            where app_id = @app and (received_at, commit_position, prepare_position, index) < (@At, @Commit, @Prepare, @Index)
            order by received_at desc, commit_position desc, prepare_position desc, index desc limit @limit
            """;

        public Task<Answer<Page<RejectedEntry>>> Handle(ListRejectedEntries query, CancellationToken ct) =>
            readModels.ForAppAsync(query.Organization, query.App, ProjectionNames.Entries, async db =>
            {
                var place = query.Cursor is { } cursor ? Place.Of(cursor)! : Place.Top;
                var rows = await db.ListAsync<Row>(Sql, new { app = query.App.Value, place.At, place.Commit, place.Prepare, place.Index, limit = query.Limit + 1 });
                var page = Page.Of(rows, query.Limit, row => new Place(row.ReceivedAt, row.CommitPosition, row.PreparePosition, row.Index).ToCursor());
                var entries = page.Items.Select(row => new RejectedEntry(row.ReceivedAt, row.Index, row.Reason, row.EventId, row.EventName));
                return new Page<RejectedEntry>([.. entries], page.NextCursor);
            }, ct);

        private sealed record Row(
            DateTimeOffset ReceivedAt, int Index, string Reason, string? EventId, string? EventName, long CommitPosition, long PreparePosition);
    }

    private sealed record Place(DateTimeOffset At, long Commit, long Prepare, int Index)
    {
        private const string List = "rejected";

        public static Place Top { get; } = new(new DateTimeOffset(9999, 1, 1, 0, 0, 0, TimeSpan.Zero), long.MaxValue, long.MaxValue, int.MaxValue);

        public static Place? Of(string text) =>
            PageCursor.Parse(text, List, parts: 5) is { Parts: [_, var at, var commit, var prepare, var index] }
            && PageCursor.TimeOf(at) is { } time && long.TryParse(commit, out var c) && long.TryParse(prepare, out var p) && int.TryParse(index, out var i)
                ? new Place(time, c, p, i)
                : null;

        public PageCursor ToCursor() => new(List, $"{At.UtcTicks}", $"{Commit}", $"{Prepare}", $"{Index}");
    }
}

/// <param name="Index">Place in its batch, from 0.</param>
public sealed record RejectedEntry(DateTimeOffset ReceivedAt, int Index, string Reason, string? EventId, string? EventName);
