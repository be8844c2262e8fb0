using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using MediatR;

namespace EventEngine.Application.Retries;

/// <summary>
/// Events of an app that are being retried: not answered yet, or agreed to in the last five minutes and not reported since. After that the
/// app may have forgotten, and a person may ask again.
/// </summary>
internal sealed record ListEventsUnderWay(OrganizationId Organization, AppId App) : IRequest<IReadOnlySet<string>>
{
    internal sealed class Handler(ReadModels readModels, TimeProvider time) : IRequestHandler<ListEventsUnderWay, IReadOnlySet<string>>
    {
        private static readonly TimeSpan Recent = TimeSpan.FromMinutes(5);

        private const string Sql = """
            select i.event_id from views.retries r join views.retry_items i on i.retry_id = r.retry_id
            where r.app_id = @app and (r.state <> 'finished' or (r.accepted > 0 and r.changed_at > @recent))
              and (i.state in ('requested', 'sending') or (i.state = 'accepted' and i.answered_at > @recent))
            """;

        public async Task<IReadOnlySet<string>> Handle(ListEventsUnderWay query, CancellationToken ct)
        {
            var ids = await readModels.ForAppAsync(query.Organization, query.App, ProjectionNames.Retries, db =>
                db.ListAsync<string>(Sql, new { app = query.App.Value, recent = time.GetUtcNow() - Recent }), ct);
            return ids.Value.ToHashSet(StringComparer.Ordinal);
        }
    }
}
