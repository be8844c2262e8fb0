using EventEngine.Application.Shared;
using EventEngine.Domain.Organizations;
using MediatR;

namespace EventEngine.Application.Entries;

/// <summary>Distinct events of an organization, deleted apps included, by the days (UTC) of their first receipt.</summary>
/// <param name="To">Exclusive.</param>
public sealed record CountUsage(OrganizationId Organization, DateOnly From, DateOnly To) : IRequest<Answer<long>>
{
    internal sealed class Handler(ReadModels readModels) : IRequestHandler<CountUsage, Answer<long>>
    {
        private const string Sql = "select coalesce(sum(events), 0)::bigint from views.daily_usage where app_id = any(@apps) and day >= @From and day < @To";

        public Task<Answer<long>> Handle(CountUsage query, CancellationToken ct) => readModels.ForAppsEverOfAsync(
            query.Organization, ProjectionNames.Entries, (db, apps) => db.SingleAsync<long>(Sql, new { apps, query.From, query.To }), ct);
    }
}
