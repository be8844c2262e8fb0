using EventEngine.Domain.Organizations;

namespace EventEngine.Domain.Billing;

/// <summary>How many events a month will end with, if it goes on as in the last seven days.</summary>
public static class UsageForecast
{
    public const int WindowDays = 7;

    private static readonly TimeSpan LeastHistory = TimeSpan.FromDays(1);

    /// <param name="days">Events by day (UTC): those of the month, and of the seven days before <paramref name="now"/>.</param>
    /// <returns>Null while there is less than a day to judge by.</returns>
    public static long? Of(IReadOnlyDictionary<DateOnly, long> days, DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var window = days.Where(day => day.Value > 0 && day.Key > today.AddDays(-WindowDays) && day.Key <= today).ToArray();
        if (window.Length == 0) return null;
        var since = new DateTimeOffset(Since(days, window.Min(day => day.Key), today).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        if (now - since < LeastHistory) return null;
        var month = Month.Of(now);
        var used = days.Where(day => day.Key >= month.FirstDay && day.Key < month.NextFirstDay).Sum(day => day.Value);
        return used + (long)Math.Round(window.Sum(day => day.Value) * ((month.End - now) / (now - since)));
    }

    /// <summary>The whole window, unless everything began in it: days before the first event are no days without events.</summary>
    private static DateOnly Since(IReadOnlyDictionary<DateOnly, long> days, DateOnly firstInWindow, DateOnly today)
    {
        var start = today.AddDays(1 - WindowDays);
        return days.Any(day => day.Value > 0 && day.Key < start) ? start : firstInWindow;
    }
}
