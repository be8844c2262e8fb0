using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using MediatR;

namespace EventEngine.Application.Retries;

/// <summary>Items that were sent, and of which the app's reporter has not been heard since; by number, after a number.</summary>
internal sealed record ListUnreportedItems(OrganizationId Organization, AppId App, Guid Retry, int After, int Limit) : IRequest<IReadOnlyList<UnreportedItem>>
{
    internal sealed class Handler(ReadModels readModels) : IRequestHandler<ListUnreportedItems, IReadOnlyList<UnreportedItem>>
    {
        private const string Sql = """
            select number, event_id, sent_at from views.retry_items
            where retry_id = @Retry and app_id = @app and number > @After and state in ('accepted', 'unconfirmed') order by number limit @Limit
            """;

        public async Task<IReadOnlyList<UnreportedItem>> Handle(ListUnreportedItems query, CancellationToken ct)
        {
            var items = await readModels.ForAppAsync(query.Organization, query.App, ProjectionNames.Retries, db =>
                db.ListAsync<UnreportedItem>(Sql, new { query.Retry, app = query.App.Value, query.After, query.Limit }), ct);
            return items.Value;
        }
    }
}

internal sealed record UnreportedItem(int Number, string EventId, DateTimeOffset SentAt);
