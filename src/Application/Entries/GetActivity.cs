using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using FluentValidation;
using MediatR;

namespace EventEngine.Application.Entries;

/// <summary>Every app of an organization at a glance: the minutes up to now, and sums since <paramref name="Since"/>.</summary>
/// <param name="Minutes">1 to 180.</param>
public sealed record GetActivity(OrganizationId Organization, DateTimeOffset Since, int Minutes = 60) : IRequest<Answer<Activity>>
{
    public sealed class Validator : AbstractValidator<GetActivity>
    {
        public Validator() => RuleFor(query => query.Minutes).InclusiveBetween(1, 180);
    }

    internal sealed class Handler(ReadModels readModels, TimeProvider time) : IRequestHandler<GetActivity, Answer<Activity>>
    {
        private const string Minutes = """
            select app_id, minute as at, sum(events)::bigint as events, sum(dead_lettered)::bigint as dead_lettered from views.rollup_minutes
            where app_id = any(@apps) and event_name = '' and minute >= @from and minute < @to group by 1, 2
            """;

        private const string Ledgers = """
            select app_id, sum(received)::bigint as received, sum(stored)::bigint as stored, sum(duplicate)::bigint as duplicate,
                   sum(rejected)::bigint as rejected, sum(refused)::bigint as refused
            from views.ledger_hours where app_id = any(@apps) and hour >= @from group by 1
            """;

        private static readonly string Totals = $"""
            select app_id, events, dead_lettered, latency_count, latency_sum_us, sketch
            from {RollupSql.Rows("events, dead_lettered, latency_count, latency_sum_us, sketch", RollupSql.WholeApp)}
            """;

        public Task<Answer<Activity>> Handle(GetActivity query, CancellationToken ct)
        {
            var to = TimeStep.Minute.Ceiling(time.GetUtcNow());
            var from = to.AddMinutes(-query.Minutes);
            var today = ChartRange.Of(query.Since, to > query.Since ? to : null, TimeStep.Hour, to);
            return readModels.ForAppsOfAsync(query.Organization, ProjectionNames.Entries, async (db, apps) =>
            {
                var minutes = await db.ListAsync<MinuteRow>(Minutes, new { apps, from, to });
                var totals = await db.ListAsync<TotalsRow>(Totals, RollupSql.Parameters(today, apps));
                var ledgers = await db.ListAsync<LedgerRow>(Ledgers, new { apps, from = TimeStep.Hour.Floor(query.Since) });
                return new ActivitySum(from, query.Minutes, minutes, totals, ledgers).Activity();
            }, ct);
        }
    }

    internal sealed record MinuteRow(Guid AppId, DateTimeOffset At, long Events, long DeadLettered);

    internal sealed record TotalsRow(Guid AppId, long Events, long DeadLettered, long LatencyCount, long LatencySumUs, byte[]? Sketch);

    internal sealed record LedgerRow(Guid AppId, long Received, long Stored, long Duplicate, long Rejected, long Refused)
    {
        public Ledger Ledger => new(Received, Stored, Duplicate, Rejected, Refused);
    }
}

/// <param name="Apps">Apps that reported anything in the time asked for.</param>
public sealed record Activity(IReadOnlyDictionary<AppId, AppActivity> Apps, ActivityTotals Totals);

/// <param name="EventsPerMinute">Distinct events by own time, one number a minute, oldest first; the last minute is not over yet.</param>
/// <param name="DeadLettersPerMinute">The same of dead-lettered transitions.</param>
public sealed record AppActivity(IReadOnlyList<long> EventsPerMinute, IReadOnlyList<long> DeadLettersPerMinute, ActivityTotals Totals)
{
    public static AppActivity None(int minutes) => new(new long[minutes], new long[minutes], ActivityTotals.None);
}

/// <param name="Events">Distinct events since then; latencies are null without a published event.</param>
public sealed record ActivityTotals(long Events, long DeadLettered, double? AvgLatencyMs, double? P95LatencyMs, Ledger Ledger)
{
    public static ActivityTotals None { get; } = new(0, 0, null, null, Ledger.Empty);
}
