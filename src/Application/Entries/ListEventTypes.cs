using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using FluentValidation;
using MediatR;

namespace EventEngine.Application.Entries;

/// <summary>What an app's traffic consists of, per event name, most frequent first; by default of the last hour.</summary>
public sealed record ListEventTypes(OrganizationId Organization, AppId App, DateTimeOffset? From = null, DateTimeOffset? To = null)
    : IRequest<Answer<IReadOnlyList<EventTypeRow>>>, ITimeRange
{
    public sealed class Validator : AbstractValidator<ListEventTypes>
    {
        public Validator() => Include(TimeRangeRules.Limited);
    }

    internal sealed class Handler(ReadModels readModels, TimeProvider time) : IRequestHandler<ListEventTypes, Answer<IReadOnlyList<EventTypeRow>>>
    {
        private static readonly string Counters = $"""
            select event_name, events, published, dead_lettered, latency_count, latency_sum_us, sketch
            from {RollupSql.Rows("events, published, dead_lettered, latency_count, latency_sum_us, sketch", RollupSql.EveryName)}
            """;

        public Task<Answer<IReadOnlyList<EventTypeRow>>> Handle(ListEventTypes query, CancellationToken ct)
        {
            var range = ChartRange.Of(query.From, query.To, TimeStep.Hour, time.GetUtcNow());
            return readModels.ForAppAsync(query.Organization, query.App, ProjectionNames.Entries, async db =>
            {
                var counters = await db.ListAsync<Row>(Counters, RollupSql.Parameters(range, [query.App.Value]));
                var names = counters.Select(row => row.EventName).Distinct().ToArray();
                var apps = Array.ConvertAll(names, _ => query.App.Value);
                var versions = await EventVersions.ReadAsync(db, apps, names, DateOnly.FromDateTime(range.From.UtcDateTime).AddDays(-1));
                return Add(counters, versions);
            }, ct);
        }

        private static IReadOnlyList<EventTypeRow> Add(IReadOnlyList<Row> counters, ILookup<string, int> versions)
        {
            var all = counters.Sum(row => row.Events);
            var rows =
                from row in counters
                group row by row.EventName into name
                let sum = new { Events = name.Sum(row => row.Events), Published = name.Sum(row => row.Published), Dead = name.Sum(row => row.DeadLettered) }
                where sum.Events != 0 || sum.Published != 0 || sum.Dead != 0
                orderby sum.Events descending, name.Key
                select Describe(name.Key, [.. versions[name.Key]], sum.Events, sum.Published, sum.Dead, all, Merge(name));
            return [.. rows];
        }

        private static EventTypeRow Describe(string name, int[] versions, long events, long published, long dead, long all, LatencyMerge latency) => new(
            name, versions, events, published, dead, latency.AvgMs, latency.PercentileMs(0.95),
            published + dead > 0 ? (double)dead / (published + dead) : null, all > 0 ? (double)events / all : 0);

        private static LatencyMerge Merge(IEnumerable<Row> rows)
        {
            var merged = new LatencyMerge();
            foreach (var row in rows) merged.Add(row.LatencyCount, row.LatencySumUs, row.Sketch);
            return merged;
        }

        private sealed record Row(string EventName, long Events, long Published, long DeadLettered, long LatencyCount, long LatencySumUs, byte[]? Sketch);
    }
}

/// <param name="ErrorRate">Of the outcomes in the window (published or dead-lettered), the part that died, 0 to 1; null without any.</param>
/// <param name="Share">Of all the app's events in the window, 0 to 1.</param>
/// <param name="Versions">Seen among its latest events, ascending.</param>
public sealed record EventTypeRow(
    string EventName,
    IReadOnlyList<int> Versions,
    long Events,
    long Published,
    long DeadLettered,
    double? AvgLatencyMs,
    double? P95LatencyMs,
    double? ErrorRate,
    double Share);
