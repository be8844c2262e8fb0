using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.DeadLetters;
using EventEngine.Domain.Organizations;
using FluentValidation;
using MediatR;

namespace EventEngine.Application.Entries;

/// <summary>Deaths of one group over time: its events, published since or not, each at its latest death. Beyond 12 hours by the hour.</summary>
public sealed record GetDeathTrend(OrganizationId Organization, AppId App, string Group, DateTimeOffset From, DateTimeOffset To) : IRequest<Answer<Throughput>>, ITimeRange
{
    DateTimeOffset? ITimeRange.From => From;

    DateTimeOffset? ITimeRange.To => To;

    public sealed class Validator : AbstractValidator<GetDeathTrend>
    {
        public Validator()
        {
            Include(TimeRangeRules.Limited);
            RuleFor(query => query.Group).Must(group => ErrorFingerprint.Parse(group) is not null).WithMessage("group is the fingerprint of a group: 16 hexadecimal digits.");
        }
    }

    internal sealed class Handler(ReadModels readModels, TimeProvider time) : IRequestHandler<GetDeathTrend, Answer<Throughput>>
    {
        private const string Rows = $"""
            select date_bin(@step, dead_lettered_at, timestamptz 'epoch') as at, count(*) as events, 0::bigint as emitted, 0::bigint as published, count(*) as dead_lettered
            from {Retained.Events} where app_id = @app and fingerprint = @fingerprint and dead_lettered_at >= @from and dead_lettered_at < @to group by 1
            """;

        private const string Hours = """
            select date_bin(@step, hour, timestamptz 'epoch') as at, sum(ever)::bigint as events, 0::bigint as emitted, 0::bigint as published, sum(ever)::bigint as dead_lettered
            from views.death_hours
            where app_id = @app and fingerprint = @fingerprint and hour >= @from and hour < @to and received_on >= @retained_day and @retained_since is not null group by 1
            """;

        private static readonly TimeSpan Finely = TimeSpan.FromHours(12);

        public Task<Answer<Throughput>> Handle(GetDeathTrend query, CancellationToken ct)
        {
            var isFine = query.To - query.From <= Finely;
            var range = isFine
                ? ChartRange.Of(query.From, query.To, step: null, time.GetUtcNow())
                : ChartRange.Of(TimeStep.Hour.Floor(query.From), TimeStep.Hour.Ceiling(query.To), CoarseStep(query), time.GetUtcNow());
            var parameters = new { app = query.App.Value, fingerprint = ErrorFingerprint.Parse(query.Group)!.Value.Value, from = range.From, to = range.To, step = range.Step.Length };
            return readModels.ForAppAsync(query.Organization, query.App, ProjectionNames.Entries, async db =>
                Throughput.Of(range, await db.ListAsync<ThroughputPoint>(isFine ? Rows : Hours, parameters)), ct);
        }

        private static TimeStep CoarseStep(GetDeathTrend query) => (query.To - query.From).TotalHours > ChartRange.DefaultPoints ? TimeStep.Day : TimeStep.Hour;
    }
}
