using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using MediatR;

namespace EventEngine.Application.Retries;

/// <summary>In which retries some events were, the latest first.</summary>
public sealed record ListRetriesOfEvents(OrganizationId Organization, AppId App, IReadOnlyCollection<string> EventIds) : IRequest<Answer<IReadOnlyList<EventRetry>>>
{
    internal sealed class Handler(ReadModels readModels) : IRequestHandler<ListRetriesOfEvents, Answer<IReadOnlyList<EventRetry>>>
    {
        private const string Sql = """
            select i.event_id, r.retry_id, r.name, r.requested_at, i.state, i.status_code, i.reason, i.sent_at
            from views.retry_items i join views.retries r on r.retry_id = i.retry_id
            where i.app_id = @app and i.event_id = any(@ids) and r.requested_at >= @retained_since order by r.requested_at desc, r.retry_id desc limit 1000
            """;

        public Task<Answer<IReadOnlyList<EventRetry>>> Handle(ListRetriesOfEvents query, CancellationToken ct) =>
            readModels.ForAppAsync<IReadOnlyList<EventRetry>>(query.Organization, query.App, ProjectionNames.Retries, async db =>
            {
                var ids = query.EventIds.Where(StorableText.CanBeStored).ToArray();
                return [.. (await db.ListAsync<Row>(Sql, new { app = query.App.Value, ids })).Select(row => row.ToEventRetry())];
            }, ct);

        private sealed record Row(string EventId, Guid RetryId, string Name, DateTimeOffset RequestedAt, string State, int? StatusCode, string? Reason, DateTimeOffset? SentAt)
        {
            public EventRetry ToEventRetry() => new(EventId, RetryId, Name, RequestedAt, RetrySql.Parse<RetryItemState>(State), StatusCode, Reason, SentAt);
        }
    }
}

public sealed record EventRetry(string EventId, Guid RetryId, string Name, DateTimeOffset RequestedAt, RetryItemState State, int? StatusCode, string? Reason, DateTimeOffset? SentAt);
