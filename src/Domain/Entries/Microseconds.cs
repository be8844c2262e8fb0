namespace EventEngine.Domain.Entries;

/// <summary>Everything is counted in whole microseconds: the resolution of the database, and sums of them are exact.</summary>
internal static class Microseconds
{
    private const long TicksEach = TimeSpan.TicksPerMicrosecond;
    private static readonly long Epoch = DateTimeOffset.UnixEpoch.UtcTicks / TicksEach;

    public static DateTimeOffset Floor(DateTimeOffset time) => new(time.UtcTicks - (time.UtcTicks % TicksEach), TimeSpan.Zero);

    public static DateTimeOffset? Floor(DateTimeOffset? time) => time is { } known ? Floor(known) : null;

    public static long SinceEpoch(DateTimeOffset time) => (time.UtcTicks / TicksEach) - Epoch;

    public static DateTimeOffset FromEpoch(long microseconds) => new((microseconds + Epoch) * TicksEach, TimeSpan.Zero);

    public static long Between(DateTimeOffset from, DateTimeOffset to) => (to.UtcTicks - from.UtcTicks) / TicksEach;

    /// <summary>Saturates instead of overflowing: a reporter may send any number.</summary>
    public static long FromMilliseconds(double milliseconds) => (long)Math.Round(milliseconds * 1000, MidpointRounding.AwayFromZero);
}
