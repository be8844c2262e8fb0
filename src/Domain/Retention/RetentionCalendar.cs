namespace EventEngine.Domain.Retention;

/// <summary>One day of receipt of an app.</summary>
public readonly record struct ReceivedDayState(DateOnly Day, bool IsClosed, bool IsDeleted);

/// <summary>When a day's books may be closed, and when its entries may go.</summary>
public static class RetentionCalendar
{
    /// <summary>For requests that began before midnight and are written after it.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromHours(1);

    /// <summary>Nothing more is received on that day.</summary>
    public static bool IsFinished(DateOnly day, DateTimeOffset now) => now >= EndOf(day) + Grace;

    /// <summary>The last moment of the day is older than the plan keeps entries.</summary>
    /// <param name="days">Null: for good.</param>
    public static bool HasExpired(DateOnly day, int? days, DateTimeOffset now) => days is { } kept && now >= EndOf(day).AddDays(kept);

    /// <summary>Oldest first: what a day counts leans on the day before.</summary>
    public static IReadOnlyList<DateOnly> ToClose(IEnumerable<ReceivedDayState> days, DateTimeOffset now) =>
        [.. days.Where(day => day is { IsClosed: false, IsDeleted: false } && IsFinished(day.Day, now)).Select(day => day.Day).Order()];

    /// <summary>
    /// Oldest first, and none before the next day is finished: that one's books are closed with the help of this one's entries. Those of
    /// both have to be closed before it goes.
    /// </summary>
    public static IReadOnlyList<DateOnly> ToDelete(IEnumerable<ReceivedDayState> days, int? keptDays, DateTimeOffset now) =>
    [
        .. days.Where(day => !day.IsDeleted && HasExpired(day.Day, keptDays, now) && IsFinished(day.Day.AddDays(1), now)).Select(day => day.Day).Order(),
    ];

    private static DateTimeOffset EndOf(DateOnly day) => new(day.AddDays(1).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
}
