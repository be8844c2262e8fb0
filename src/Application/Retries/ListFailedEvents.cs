using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using MediatR;

namespace EventEngine.Application.Retries;

/// <summary>The events of a retry that it neither brought to be published nor is still about.</summary>
/// <exception cref="NotFoundException">The app has no such retry.</exception>
internal sealed record ListFailedEvents(OrganizationId Organization, AppId App, Guid Retry) : IRequest<HashSet<string>>
{
    internal sealed class Handler(ReadModels readModels) : IRequestHandler<ListFailedEvents, HashSet<string>>
    {
        private const string Sql = """
            select i.event_id from views.retries r join views.retry_items i on i.retry_id = r.retry_id
            where r.app_id = @app and r.retry_id = @Retry and r.requested_at >= @retained_since
              and i.state in ('refused', 'unconfirmed', 'unreachable', 'cancelled', 'dead_lettered')
            """;

        public async Task<HashSet<string>> Handle(ListFailedEvents query, CancellationToken ct)
        {
            var ids = await readModels.ForAppAsync(query.Organization, query.App, ProjectionNames.Retries, db => db.ListAsync<string>(Sql, new { app = query.App.Value, query.Retry }), ct);
            return ids.Value.ToHashSet(StringComparer.Ordinal);
        }
    }
}
