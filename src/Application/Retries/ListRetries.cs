using System.Globalization;
using EventEngine.Application.People;
using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using FluentValidation;
using MediatR;

namespace EventEngine.Application.Retries;

/// <summary>The retries of an app, the latest first.</summary>
public sealed record ListRetries(OrganizationId Organization, AppId App, string? Cursor = null, int Limit = 50) : IRequest<Answer<Page<RetryRow>>>
{
    private const string ListName = "retries";

    public sealed class Validator : AbstractValidator<ListRetries>
    {
        public Validator()
        {
            RuleFor(query => query.Limit).IsPageSize();
            RuleFor(query => query.Cursor).Must(cursor => cursor is null || Place(cursor) is not null).WithMessage("cursor is not one that this list gave.");
        }
    }

    internal sealed class Handler(ReadModels readModels, IPeople people) : IRequestHandler<ListRetries, Answer<Page<RetryRow>>>
    {
        private const string Sql = $"""
            select {RetrySql.Columns} from views.retries
            where app_id = @app and requested_at >= @retained_since and (@at::timestamptz is null or (requested_at, retry_id) < (@at, @id))
            order by requested_at desc, retry_id desc limit @limit
            """;

        public Task<Answer<Page<RetryRow>>> Handle(ListRetries query, CancellationToken ct)
        {
            var place = query.Cursor is { } cursor ? Place(cursor) : null;
            return readModels.ForAppAsync(query.Organization, query.App, ProjectionNames.Retries, async db =>
            {
                var rows = await db.ListAsync<RetrySql>(Sql, new { app = query.App.Value, at = place?.At, id = place?.Id ?? Guid.Empty, limit = query.Limit + 1 });
                return Page.Of(await RetrySql.NamedAsync(rows, people, ct), query.Limit, last => new PageCursor(ListName, last.RequestedAt.UtcTicks.ToString(CultureInfo.InvariantCulture), last.RetryId.ToString("N")));
            }, ct);
        }
    }

    private static (DateTimeOffset At, Guid Id)? Place(string cursor) =>
        PageCursor.Parse(cursor, ListName, parts: 3) is { Parts: [_, var at, var id] } && PageCursor.TimeOf(at) is { } time && Guid.TryParse(id, out var retry) ? (time, retry) : null;
}
