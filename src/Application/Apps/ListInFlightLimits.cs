using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using MediatR;

namespace EventEngine.Application.Apps;

/// <summary>After how long an event that was neither published nor dead-lettered is overdue, for each app of an organization.</summary>
public sealed record ListInFlightLimits(OrganizationId Organization) : IRequest<Answer<IReadOnlyDictionary<AppId, TimeSpan>>>
{
    internal sealed class Handler(ReadModels readModels) : IRequestHandler<ListInFlightLimits, Answer<IReadOnlyDictionary<AppId, TimeSpan>>>
    {
        private const string Sql = "select app_id, in_flight_minutes from views.apps where app_id = any(@apps)";

        public Task<Answer<IReadOnlyDictionary<AppId, TimeSpan>>> Handle(ListInFlightLimits query, CancellationToken ct) =>
            readModels.ForAppsOfAsync<IReadOnlyDictionary<AppId, TimeSpan>>(query.Organization, ProjectionNames.Apps, async (db, apps) =>
            {
                var rows = await db.ListAsync<Row>(Sql, new { apps });
                return rows.ToDictionary(row => new AppId(row.AppId), row => TimeSpan.FromMinutes(row.InFlightMinutes));
            }, ct);

        private sealed record Row(Guid AppId, int InFlightMinutes);
    }
}
