using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using FluentValidation;
using MediatR;

namespace EventEngine.Application.Entries;

/// <summary>The ledger of one app, hour by hour of receipt. <paramref name="From"/> is widened to its hour; by default the last 24 hours.</summary>
public sealed record GetLedger(OrganizationId Organization, AppId App, DateTimeOffset? From = null, DateTimeOffset? To = null)
    : IRequest<Answer<LedgerHours>>, ITimeRange
{
    public sealed class Validator : AbstractValidator<GetLedger>
    {
        public Validator() => Include(TimeRangeRules.Limited);
    }

    internal sealed class Handler(ReadModels readModels, TimeProvider time) : IRequestHandler<GetLedger, Answer<LedgerHours>>
    {
        private const string Sql = """
            select hour, received, stored, duplicate, rejected, refused from views.ledger_hours
            where app_id = @app and hour >= @from and hour < @to order by hour
            """;

        public Task<Answer<LedgerHours>> Handle(GetLedger query, CancellationToken ct)
        {
            var to = query.To ?? time.GetUtcNow();
            var from = TimeStep.Hour.Floor(query.From ?? to.AddHours(-24));
            return readModels.ForAppAsync(query.Organization, query.App, ProjectionNames.Entries, async db =>
            {
                var rows = await db.ListAsync<Row>(Sql, new { app = query.App.Value, from, to });
                var hours = rows.Select(row => new LedgerHour(row.Hour, new Ledger(row.Received, row.Stored, row.Duplicate, row.Rejected, row.Refused)));
                return LedgerHours.Of([.. hours]);
            }, ct);
        }

        private sealed record Row(DateTimeOffset Hour, long Received, long Stored, long Duplicate, long Rejected, long Refused);
    }
}

/// <summary>Hours without a receipt are left out.</summary>
public sealed record LedgerHours(Ledger Total, IReadOnlyList<LedgerHour> Hours)
{
    public static LedgerHours Of(IReadOnlyList<LedgerHour> hours) => new(hours.Aggregate(Ledger.Empty, (sum, hour) => sum.Plus(hour.Ledger)), hours);
}

public sealed record LedgerHour(DateTimeOffset At, Ledger Ledger);
