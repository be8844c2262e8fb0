using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Retention;
using MediatR;

namespace EventEngine.Application.Entries;

/// <summary>What an app's day of receipt counts for good. For the closing of books: it asks for no organization.</summary>
public sealed record GetDayBooks(AppId App, DateOnly Day) : IRequest<Answer<DayBooks>>
{
    internal sealed class Handler(ReadModels readModels) : IRequestHandler<GetDayBooks, Answer<DayBooks>>
    {
        private const string Cells = """
            select hour, event_name, events, emitted, published, dead_lettered, latency_count, latency_sum_us,
                   replace(encode(sketch, 'base64'), E'\n', '') as sketch
            from views.rollup_hours where app_id = @app and received_on = @day order by hour, event_name
            """;

        private const string Ledger = """
            select hour, received, stored, duplicate, rejected, refused from views.ledger_hours
            where app_id = @app and hour >= @from and hour < @to order by hour
            """;

        private const string Counts = """
            select coalesce((select events from views.daily_usage where app_id = @app and day = @day), 0) as events,
                   coalesce((select late from views.received_days where app_id = @app and day = @day), 0) as late
            """;

        private const string Totals = """
            select coalesce(sum(events), 0)::bigint as events, coalesce(sum(pending), 0)::bigint as pending, coalesce(sum(published), 0)::bigint as published,
                   coalesce(sum(dead_lettered), 0)::bigint as dead_lettered, coalesce(sum(latency_count), 0)::bigint as latency_count,
                   coalesce(sum(latency_sum_us), 0)::bigint as latency_sum_us
            from views.daily_totals where app_id = @app and day = @day
            """;

        public Task<Answer<DayBooks>> Handle(GetDayBooks query, CancellationToken ct)
        {
            var from = new DateTimeOffset(query.Day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
            var key = new { app = query.App.Value, day = query.Day, from, to = from.AddDays(1) };
            return readModels.ReadAsync(ProjectionNames.Entries, async db =>
            {
                var counts = await db.SingleAsync<CountsRow>(Counts, key);
                var (cells, ledger) = (await db.ListAsync<ClosedCell>(Cells, key), await db.ListAsync<ClosedLedgerHour>(Ledger, key));
                return new DayBooks(cells, ledger, counts.Events, counts.Late, await db.SingleAsync<ClosedTotals>(Totals, key));
            }, ct);
        }

        private sealed record CountsRow(long Events, long Late);
    }
}

/// <param name="Cells">In order of hour and event name, as the database orders them.</param>
public sealed record DayBooks(IReadOnlyList<ClosedCell> Cells, IReadOnlyList<ClosedLedgerHour> Ledger, long Events, long Late, ClosedTotals Totals);
