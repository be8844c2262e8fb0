namespace EventEngine.Domain.Organizations;

/// <summary>A calendar month (UTC), in which a plan's events are counted.</summary>
public readonly record struct Month(DateOnly FirstDay)
{
    public DateOnly NextFirstDay => FirstDay.AddMonths(1);

    public DateTimeOffset Start => At(FirstDay);

    public DateTimeOffset End => At(NextFirstDay);

    public static Month Of(DateTimeOffset at) => new(new DateOnly(at.UtcDateTime.Year, at.UtcDateTime.Month, 1));

    private static DateTimeOffset At(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
}
