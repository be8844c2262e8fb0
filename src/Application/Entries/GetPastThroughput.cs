using Dapper;
using EventEngine.Application.EventStore;
using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Entries;
using EventEngine.Domain.Organizations;
using FluentValidation;
using MediatR;

namespace EventEngine.Application.Entries;

/// <summary>Throughput as it was known at a moment; by default of the hour before it. See <see cref="GetPastSummary"/>.</summary>
/// <exception cref="ValidationException">The moment is not over yet, or the plan keeps its entries no longer.</exception>
public sealed record GetPastThroughput(
    OrganizationId Organization, AppId App, DateTimeOffset At, DateTimeOffset? From = null, DateTimeOffset? To = null, string? Step = null, string? EventName = null)
    : IRequest<Answer<Throughput>>, IChartQuery
{
    public sealed class Validator : AbstractValidator<GetPastThroughput>
    {
        public Validator(TimeProvider time) => Include(new ChartRules(time));
    }

    internal sealed class Handler(ReadModels readModels, IEventStore store, TimeProvider time) : IRequestHandler<GetPastThroughput, Answer<Throughput>>
    {
        private const string DaysBefore = " and received_on < @day";
        private static readonly string WholeApp = Throughput.Sql(RollupSql.WholeApp + DaysBefore), OneName = Throughput.Sql(RollupSql.OneName + DaysBefore);

        public Task<Answer<Throughput>> Handle(GetPastThroughput query, CancellationToken ct)
        {
            var range = ChartRange.Of(query.From, query.To ?? query.At, TimeStep.Named(query.Step), query.At);
            var parameters = new DynamicParameters(RollupSql.Parameters(range, [query.App.Value], query.EventName));
            parameters.Add("day", PastDays.DayOf(query.At));
            return readModels.ForAppAsync(query.Organization, query.App, ProjectionNames.Entries, async db =>
            {
                var past = await PastDays.ReadAsync(store, db, query.App, query.At, time.GetUtcNow(), ct);
                var before = await db.ListAsync<ThroughputPoint>(query.EventName is null ? WholeApp : OneName, parameters);
                return Throughput.Of(range, [.. before, .. PointsOf(past.Rollups, range, query.EventName)]);
            }, ct);
        }

        private static IEnumerable<ThroughputPoint> PointsOf(Rollups day, ChartRange range, string? eventName) =>
            from cell in day.Minutes
            where cell.Key.From >= range.From && cell.Key.From < range.To && (eventName is null || cell.Key.EventName == eventName)
            let count = cell.Value
            select new ThroughputPoint(cell.Key.From, count.Events, count.Emitted, count.Published, count.DeadLettered);
    }
}
