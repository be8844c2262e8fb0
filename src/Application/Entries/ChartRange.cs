namespace EventEngine.Application.Entries;

/// <summary>
/// A stretch of time cut into buckets. Both ends are widened to whole minutes, the finest that is counted; the first and the last bucket
/// may begin before or end after the range, but only what is in the range is counted.
/// </summary>
public sealed record ChartRange
{
    public const int DefaultPoints = 300, MaxPoints = 1_500;

    private ChartRange(DateTimeOffset from, DateTimeOffset to, TimeStep step) => (From, To, Step) = (from, to, step);

    public DateTimeOffset From { get; }

    public DateTimeOffset To { get; }

    public TimeStep Step { get; }

    public int Points => PointsOf(From, To, Step);

    /// <summary>The hours that lie wholly inside, for which hour rollups stand in; empty (From = To) when there are none or the step is finer.</summary>
    public (DateTimeOffset From, DateTimeOffset To) WholeHours
    {
        get
        {
            var (from, to) = (TimeStep.Hour.Ceiling(From), TimeStep.Hour.Floor(To));
            return Step.Length >= TimeStep.Hour.Length && from < to ? (from, to) : (To, To);
        }
    }

    /// <summary>By default the hour up to now, and the finest step that gives at most 300 points.</summary>
    public static ChartRange Of(DateTimeOffset? from, DateTimeOffset? to, TimeStep? step, DateTimeOffset now)
    {
        var end = TimeStep.Minute.Ceiling(to ?? (now > from ? now : from) ?? now);
        var start = TimeStep.Minute.Floor(from ?? end.AddHours(-1));
        return new ChartRange(start, end, step ?? TimeStep.All.FirstOrDefault(s => PointsOf(start, end, s) <= DefaultPoints) ?? TimeStep.Day);
    }

    public DateTimeOffset BucketAt(int index) => Step.Floor(From) + (Step.Length * index);

    public int IndexOf(DateTimeOffset at) => (int)((at - Step.Floor(From)) / Step.Length);

    private static int PointsOf(DateTimeOffset from, DateTimeOffset to, TimeStep step) =>
        (int)Math.Min(int.MaxValue, (step.Ceiling(to) - step.Floor(from)) / step.Length);
}
