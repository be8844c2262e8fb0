using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using FluentValidation;
using MediatR;

namespace EventEngine.Application.Entries;

/// <summary>Publish latency percentiles per bucket and of the whole range, exact to 1 %, by merging sketches: never averages of percentiles.</summary>
public sealed record GetLatency(
    OrganizationId Organization, AppId App, DateTimeOffset? From = null, DateTimeOffset? To = null, string? Step = null, string? EventName = null)
    : IRequest<Answer<Latency>>, IChartQuery
{
    public sealed class Validator : AbstractValidator<GetLatency>
    {
        public Validator(TimeProvider time) => Include(new ChartRules(time));
    }

    internal sealed class Handler(ReadModels readModels, TimeProvider time) : IRequestHandler<GetLatency, Answer<Latency>>
    {
        private static readonly string WholeApp = Sql(RollupSql.WholeApp), OneName = Sql(RollupSql.OneName);

        public Task<Answer<Latency>> Handle(GetLatency query, CancellationToken ct)
        {
            var range = ChartRange.Of(query.From, query.To, TimeStep.Named(query.Step), time.GetUtcNow());
            return readModels.ForAppAsync(query.Organization, query.App, ProjectionNames.Entries, async db =>
                Merge(range, await db.ListAsync<Row>(query.EventName is null ? WholeApp : OneName, RollupSql.Parameters(range, [query.App.Value], query.EventName))), ct);
        }

        private static string Sql(string series) => $"""
            select at, latency_count, latency_sum_us, sketch
            from {RollupSql.Rows("latency_count, latency_sum_us, sketch", series)} where sketch is not null
            """;

        private static Latency Merge(ChartRange range, IReadOnlyList<Row> rows)
        {
            var buckets = Enumerable.Range(0, range.Points).Select(_ => new LatencyMerge()).ToArray();
            var window = new LatencyMerge();
            foreach (var row in rows) buckets[range.IndexOf(row.At)].Add(row.LatencyCount, row.LatencySumUs, row.Sketch);
            foreach (var bucket in buckets) window.Add(bucket);
            var points = buckets.Select((bucket, i) => new LatencyPoint(
                range.BucketAt(i), bucket.Count, bucket.PercentileMs(0.5), bucket.PercentileMs(0.95), bucket.PercentileMs(0.99)));
            return new Latency(range.From, range.To, range.Step.Name, [.. points], LatencyWindow.Of(window));
        }

        private sealed record Row(DateTimeOffset At, long LatencyCount, long LatencySumUs, byte[] Sketch);
    }
}

public sealed record Latency(
    DateTimeOffset From, DateTimeOffset To, string Step, IReadOnlyList<LatencyPoint> Points, LatencyWindow Window);

/// <summary>Percentiles are null in an empty bucket.</summary>
public sealed record LatencyPoint(DateTimeOffset At, long Count, double? P50Ms, double? P95Ms, double? P99Ms);

public sealed record LatencyWindow(long Count, double? AvgMs, double? P50Ms, double? P95Ms, double? P99Ms)
{
    internal static LatencyWindow Of(LatencyMerge merged) =>
        new(merged.Count, merged.AvgMs, merged.PercentileMs(0.5), merged.PercentileMs(0.95), merged.PercentileMs(0.99));
}
