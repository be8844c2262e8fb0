using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using MediatR;

namespace EventEngine.Application.Entries;

/// <summary>An app's events of all time by current status, and whether every entry it sent is accounted for.</summary>
public sealed record GetAppSummary(OrganizationId Organization, AppId App) : IRequest<Answer<AppSummary>>
{
    internal sealed class Handler(ReadModels readModels) : IRequestHandler<GetAppSummary, Answer<AppSummary>>
    {
        private const string Sql = """
            select coalesce(t.events, 0) as events, coalesce(t.pending, 0) as pending, coalesce(t.published, 0) as published,
                   coalesce(t.dead_lettered, 0) as dead_lettered, t.latency_sum_us / 1000.0::float8 / nullif(t.latency_count, 0) as avg_latency_ms,
                   l.received, l.stored, l.duplicate, l.rejected, l.refused
            from (select coalesce(sum(received), 0)::bigint as received, coalesce(sum(stored), 0)::bigint as stored,
                         coalesce(sum(duplicate), 0)::bigint as duplicate, coalesce(sum(rejected), 0)::bigint as rejected,
                         coalesce(sum(refused), 0)::bigint as refused
                  from views.ledger_hours where app_id = @app) l
            left join views.app_totals t on t.app_id = @app
            """;

        public Task<Answer<AppSummary>> Handle(GetAppSummary query, CancellationToken ct) =>
            readModels.ForAppAsync(query.Organization, query.App, ProjectionNames.Entries, async db =>
            {
                var row = await db.SingleAsync<Row>(Sql, new { app = query.App.Value });
                return new AppSummary(
                    new EventTotals(row.Events, row.Pending, row.Published, row.DeadLettered),
                    row.AvgLatencyMs is { } ms ? Math.Round(ms, 3) : null,
                    new Ledger(row.Received, row.Stored, row.Duplicate, row.Rejected, row.Refused));
            }, ct);

        private sealed record Row(
            long Events, long Pending, long Published, long DeadLettered, double? AvgLatencyMs,
            long Received, long Stored, long Duplicate, long Rejected, long Refused);
    }
}

/// <param name="AvgLatencyMs">Mean publish latency of all time; null before the first published event.</param>
public sealed record AppSummary(EventTotals Totals, double? AvgLatencyMs, Ledger Ledger);

/// <summary>Distinct events by current status; pending are those only emitted so far.</summary>
public sealed record EventTotals(long Events, long Pending, long Published, long DeadLettered);
