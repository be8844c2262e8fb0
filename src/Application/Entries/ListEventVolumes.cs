using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using MediatR;

namespace EventEngine.Application.Entries;

/// <summary>How many distinct events each app had of each name, in the last 24 hours and the last 30 days.</summary>
/// <param name="EventName">Null: of every name.</param>
/// <param name="MayBeRecent">Whether an answer of the last minute will do: a list of all names, or a page that refreshes itself, need not add up 30 days every second.</param>
public sealed record ListEventVolumes(OrganizationId Organization, string? EventName = null, bool MayBeRecent = false)
    : IRequest<Answer<IReadOnlyDictionary<(AppId App, string EventName), EventVolume>>>
{
    internal sealed class Handler(ReadModels readModels, RecentVolumes recent, TimeProvider time)
        : IRequestHandler<ListEventVolumes, Answer<IReadOnlyDictionary<(AppId App, string EventName), EventVolume>>>
    {
        public async Task<Answer<IReadOnlyDictionary<(AppId App, string EventName), EventVolume>>> Handle(ListEventVolumes query, CancellationToken ct)
        {
            if (query.MayBeRecent && recent.Find(query.Organization, query.EventName, time.GetUtcNow()) is { } found) return found;
            return recent.Keep(query.Organization, query.EventName, time.GetUtcNow(), await ReadAsync(query, ct));
        }

        private Task<Answer<IReadOnlyDictionary<(AppId App, string EventName), EventVolume>>> ReadAsync(ListEventVolumes query, CancellationToken ct) =>
            readModels.ForAppsOfAsync<IReadOnlyDictionary<(AppId, string), EventVolume>>(query.Organization, ProjectionNames.Entries, async (db, apps) =>
            {
                var day = await SumAsync(db, apps, query.EventName, TimeSpan.FromHours(24));
                var month = await SumAsync(db, apps, query.EventName, TimeSpan.FromDays(30));
                return month.ToDictionary(sum => sum.Key, sum => new EventVolume(day.GetValueOrDefault(sum.Key), sum.Value));
            }, ct);

        private async Task<Dictionary<(AppId, string), long>> SumAsync(ReadSnapshot db, Guid[] apps, string? name, TimeSpan span)
        {
            var now = time.GetUtcNow();
            var range = ChartRange.Of(now - span, now, TimeStep.Hour, now);
            var rows = await db.ListAsync<Row>(Sql(name), RollupSql.Parameters(range, apps, name));
            return rows.ToDictionary(row => (new AppId(row.AppId), row.EventName), row => row.Events);
        }

        private static string Sql(string? name) => $"""
            select app_id, event_name, sum(events)::bigint as events
            from {RollupSql.Rows("events", name is null ? RollupSql.EveryName : RollupSql.OneName)} group by app_id, event_name having sum(events) <> 0
            """;

        private sealed record Row(Guid AppId, string EventName, long Events);
    }
}

public sealed record EventVolume(long Last24Hours, long Last30Days);
