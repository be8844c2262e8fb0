namespace EventEngine.Application.Entries;

/// <summary>The widths of a chart's buckets, aligned in UTC.</summary>
public sealed record TimeStep(string Name, TimeSpan Length)
{
    public static TimeStep Minute { get; } = new("1m", TimeSpan.FromMinutes(1));

    public static TimeStep FiveMinutes { get; } = new("5m", TimeSpan.FromMinutes(5));

    public static TimeStep Hour { get; } = new("1h", TimeSpan.FromHours(1));

    public static TimeStep Day { get; } = new("1d", TimeSpan.FromDays(1));

    /// <summary>From the finest to the coarsest.</summary>
    public static IReadOnlyList<TimeStep> All { get; } = [Minute, FiveMinutes, Hour, Day];

    /// <returns>Null for a name that is no step.</returns>
    public static TimeStep? Named(string? name) => All.FirstOrDefault(step => string.Equals(step.Name, name, StringComparison.Ordinal));

    public DateTimeOffset Floor(DateTimeOffset time) => new(time.UtcTicks - (time.UtcTicks % Length.Ticks), TimeSpan.Zero);

    public DateTimeOffset Ceiling(DateTimeOffset time) => Floor(time) is var floor && floor == time ? floor : floor + Length;
}
