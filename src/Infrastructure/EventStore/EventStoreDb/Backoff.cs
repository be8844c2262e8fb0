namespace EventEngine.Infrastructure.EventStore.EventStoreDb;

/// <summary>Pauses that double, from 50 ms to a second, each a little by chance so that many don't come back at once.</summary>
internal static class Backoff
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(50), Longest = TimeSpan.FromSeconds(1);

    /// <param name="failures">In a row, from 1.</param>
    public static TimeSpan After(int failures)
    {
        var pause = Math.Min(First.TotalMilliseconds * Math.Pow(2, Math.Min(failures - 1, 10)), Longest.TotalMilliseconds);
        return TimeSpan.FromMilliseconds(pause * (0.75 + (Random.Shared.NextDouble() / 4)));
    }
}
