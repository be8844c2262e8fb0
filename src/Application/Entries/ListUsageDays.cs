using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using MediatR;

namespace EventEngine.Application.Entries;

/// <summary>Distinct events by app, deleted ones included, and day (UTC) of first receipt; days without any are left out.</summary>
/// <param name="To">Exclusive.</param>
public sealed record ListUsageDays(OrganizationId Organization, DateOnly From, DateOnly To) : IRequest<Answer<IReadOnlyList<UsageDay>>>
{
    internal sealed class Handler(ReadModels readModels) : IRequestHandler<ListUsageDays, Answer<IReadOnlyList<UsageDay>>>
    {
        private const string Sql = "select app_id, day, events from views.daily_usage where app_id = any(@apps) and day >= @From and day < @To order by day, app_id";

        public Task<Answer<IReadOnlyList<UsageDay>>> Handle(ListUsageDays query, CancellationToken ct) =>
            readModels.ForAppsEverOfAsync<IReadOnlyList<UsageDay>>(query.Organization, ProjectionNames.Entries, async (db, apps) =>
                [.. (await db.ListAsync<Row>(Sql, new { apps, query.From, query.To })).Select(row => new UsageDay(new AppId(row.AppId), row.Day, row.Events))], ct);

        private sealed record Row(Guid AppId, DateOnly Day, long Events);
    }
}

public sealed record UsageDay(AppId App, DateOnly Day, long Events);
