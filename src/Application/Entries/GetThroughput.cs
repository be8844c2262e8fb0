using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using FluentValidation;
using MediatR;

namespace EventEngine.Application.Entries;

/// <summary>Stored transitions per bucket, by the entries' own time. Step: 1m, 5m, 1h, 1d; null: the finest giving at most 300 points.</summary>
public sealed record GetThroughput(
    OrganizationId Organization, AppId App, DateTimeOffset? From = null, DateTimeOffset? To = null, string? Step = null, string? EventName = null)
    : IRequest<Answer<Throughput>>, IChartQuery
{
    public sealed class Validator : AbstractValidator<GetThroughput>
    {
        public Validator(TimeProvider time) => Include(new ChartRules(time));
    }

    internal sealed class Handler(ReadModels readModels, TimeProvider time) : IRequestHandler<GetThroughput, Answer<Throughput>>
    {
        private static readonly string WholeApp = Throughput.Sql(RollupSql.WholeApp), OneName = Throughput.Sql(RollupSql.OneName);

        public Task<Answer<Throughput>> Handle(GetThroughput query, CancellationToken ct)
        {
            var range = ChartRange.Of(query.From, query.To, TimeStep.Named(query.Step), time.GetUtcNow());
            return readModels.ForAppAsync(query.Organization, query.App, ProjectionNames.Entries, async db =>
            {
                var rows = await db.ListAsync<ThroughputPoint>(query.EventName is null ? WholeApp : OneName, RollupSql.Parameters(range, [query.App.Value], query.EventName));
                return Throughput.Of(range, rows);
            }, ct);
        }
    }
}

/// <summary>Every bucket of the range is there, in order; empty ones are 0.</summary>
public sealed record Throughput(DateTimeOffset From, DateTimeOffset To, string Step, IReadOnlyList<ThroughputPoint> Points)
{
    internal static string Sql(string series) => $"""
        select date_bin(@step, at, timestamptz 'epoch') as at, sum(events)::bigint as events, sum(emitted)::bigint as emitted,
               sum(published)::bigint as published, sum(dead_lettered)::bigint as dead_lettered
        from {RollupSql.Rows("events, emitted, published, dead_lettered", series)} group by 1
        """;

    internal static Throughput Of(ChartRange range, IReadOnlyList<ThroughputPoint> counted)
    {
        var points = new ThroughputPoint[range.Points];
        for (var i = 0; i < points.Length; i++) points[i] = new ThroughputPoint(range.BucketAt(i), 0, 0, 0, 0);
        foreach (var point in counted)
        {
            ref var bucket = ref points[range.IndexOf(point.At)];
            bucket = bucket.Plus(point);
        }

        return new Throughput(range.From, range.To, range.Step.Name, points);
    }
}

/// <param name="At">Start of the bucket, aligned to the step in UTC.</param>
/// <param name="Events">Distinct events whose own time is in the bucket.</param>
public sealed record ThroughputPoint(DateTimeOffset At, long Events, long Emitted, long Published, long DeadLettered)
{
    internal ThroughputPoint Plus(ThroughputPoint other) => this with
    {
        Events = Events + other.Events,
        Emitted = Emitted + other.Emitted,
        Published = Published + other.Published,
        DeadLettered = DeadLettered + other.DeadLettered,
    };
}
