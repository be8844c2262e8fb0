using EventEngine.Application.Shared;
using EventEngine.Domain.Organizations;
using MediatR;

namespace EventEngine.Application.Pipeline;

/// <summary>How many of an organization's own events are parked: its numbers lack them.</summary>
public sealed record CountParked(OrganizationId Organization) : IRequest<Answer<int>>
{
    internal sealed class Handler(ReadModels readModels) : IRequestHandler<CountParked, Answer<int>>
    {
        private const string Sql = """
            select count(distinct event_id)::int from app.parked_events
            where unparked_at is null and substr(stream, strpos(stream, '-') + 1, 32) = any(@ids)
            """;

        public Task<Answer<int>> Handle(CountParked query, CancellationToken ct) =>
            readModels.ForAppsOfAsync(query.Organization, ProjectionNames.Apps, (db, apps) =>
                db.SingleAsync<int>(Sql, new { ids = apps.Append(query.Organization.Value).Select(id => id.ToString("N")).ToArray() }), ct);
    }
}
