using EventEngine.Application.Shared;
using FluentValidation;

namespace EventEngine.Application.Entries;

/// <summary>What a range of time must be, said once for every query that has one.</summary>
public interface ITimeRange
{
    DateTimeOffset? From { get; }

    DateTimeOffset? To { get; }
}

public sealed class TimeRangeRules : AbstractValidator<ITimeRange>
{
    private static readonly DateTimeOffset Earliest = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero), Latest = Earliest.AddYears(100);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(731);

    private TimeRangeRules(bool limited)
    {
        RuleFor(range => range.From).Must(IsPlausible).WithMessage("from lies between the years 2000 and 2100.");
        RuleFor(range => range.To).Must(IsPlausible).WithMessage("to lies between the years 2000 and 2100.");
        RuleFor(range => range.From).Must((range, from) => range.To is not { } to || from is null || from < to).WithMessage("from must be before to.");
        if (limited)
            RuleFor(range => range.From).Must((range, from) => range.To is not { } to || from is null || to - from <= Longest).WithMessage("from lies at most 731 days before to.");
    }

    /// <summary>Any stretch, open at either end.</summary>
    public static TimeRangeRules Open { get; } = new(limited: false);

    /// <summary>At most two years.</summary>
    public static TimeRangeRules Limited { get; } = new(limited: true);

    private static bool IsPlausible(DateTimeOffset? time) => time is null || (time >= Earliest && time <= Latest);
}

/// <summary>A range that is cut into buckets.</summary>
public interface IChartQuery : ITimeRange
{
    string? Step { get; }

    string? EventName { get; }
}

public sealed class ChartRules : AbstractValidator<IChartQuery>
{
    public ChartRules(TimeProvider time)
    {
        ClassLevelCascadeMode = CascadeMode.Stop;
        Include(TimeRangeRules.Limited);
        RuleFor(query => query.EventName).SearchText("event_name");
        RuleFor(query => query.Step).Must(step => step is null || TimeStep.Named(step) is not null).WithMessage("step is 1m, 5m, 1h or 1d.");
        RuleFor(query => query.Step)
            .Must((query, step) => ChartRange.Of(query.From, query.To, TimeStep.Named(step), time.GetUtcNow()).Points <= ChartRange.MaxPoints)
            .When(query => query.Step is not null)
            .WithMessage($"step is too fine for this range: a chart has at most {ChartRange.MaxPoints:N0} points.");
    }
}
