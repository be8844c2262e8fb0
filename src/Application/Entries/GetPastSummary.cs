using EventEngine.Application.EventStore;
using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Entries;
using EventEngine.Domain.Organizations;
using MediatR;

namespace EventEngine.Application.Entries;

/// <summary>
/// An app's summary as it was known at a moment: from the entries received by then. Days before the moment's own have said what they
/// changed; its own day is folded from the store.
/// </summary>
/// <exception cref="FluentValidation.ValidationException">The moment is not over yet, or the plan keeps its entries no longer.</exception>
public sealed record GetPastSummary(OrganizationId Organization, AppId App, DateTimeOffset At) : IRequest<Answer<AppSummary>>
{
    internal sealed class Handler(ReadModels readModels, IEventStore store, TimeProvider time) : IRequestHandler<GetPastSummary, Answer<AppSummary>>
    {
        private const string Totals = """
            select coalesce(sum(events), 0)::bigint as events, coalesce(sum(pending), 0)::bigint as pending, coalesce(sum(published), 0)::bigint as published,
                   coalesce(sum(dead_lettered), 0)::bigint as dead_lettered, coalesce(sum(latency_count), 0)::bigint as latency_count,
                   coalesce(sum(latency_sum_us), 0)::bigint as latency_sum_us
            from views.daily_totals where app_id = @app and day < @day
            """;

        private const string Ledgers = """
            select coalesce(sum(received), 0)::bigint as received, coalesce(sum(stored), 0)::bigint as stored, coalesce(sum(duplicate), 0)::bigint as duplicate,
                   coalesce(sum(rejected), 0)::bigint as rejected, coalesce(sum(refused), 0)::bigint as refused
            from views.ledger_hours where app_id = @app and hour < @midnight
            """;

        public Task<Answer<AppSummary>> Handle(GetPastSummary query, CancellationToken ct) =>
            readModels.ForAppAsync(query.Organization, query.App, ProjectionNames.Entries, async db =>
            {
                var past = await PastDays.ReadAsync(store, db, query.App, query.At, time.GetUtcNow(), ct);
                var key = new { app = query.App.Value, day = PastDays.DayOf(query.At), midnight = TimeStep.Day.Floor(query.At) };
                return Add(await db.SingleAsync<TotalsRow>(Totals, key), past.Totals, (await db.SingleAsync<LedgerRow>(Ledgers, key)).Ledger.Plus(past.Ledger));
            }, ct);

        private static AppSummary Add(TotalsRow before, EntryTotals day, Ledger ledger)
        {
            var (count, sum) = (before.LatencyCount + day.LatencyCount, before.LatencySumUs + day.LatencySumUs);
            var totals = new EventTotals(
                before.Events + day.Events, before.Pending + day.Pending, before.Published + day.Published, before.DeadLettered + day.DeadLettered);
            return new AppSummary(totals, count == 0 ? null : Math.Round(sum / 1000.0 / count, 3), ledger);
        }

        private sealed record TotalsRow(long Events, long Pending, long Published, long DeadLettered, long LatencyCount, long LatencySumUs);

        private sealed record LedgerRow(long Received, long Stored, long Duplicate, long Rejected, long Refused)
        {
            public Ledger Ledger => new(Received, Stored, Duplicate, Rejected, Refused);
        }
    }
}
