namespace EventEngine.Domain.Entries;

/// <summary>What a reader should know before trusting an event's numbers. Stored as bits: never renumber.</summary>
[Flags]
public enum EntryMarks
{
    None = 0,

    /// <summary>A reported time lay more than five minutes in the future and was taken as the time of receipt.</summary>
    FutureTime = 1,

    /// <summary>Older than an hour when it was received: shown, counted, never an alarm.</summary>
    Historical = 2,

    /// <summary>The latency is the difference of two entries' timestamps, which usually carry whole seconds.</summary>
    LatencyApproximate = 4,

    /// <summary>The latency came out negative, and counts as 0.</summary>
    LatencyNegative = 8,

    /// <summary>The latency was beyond a year, and counts as a year.</summary>
    LatencyCut = 16,

    /// <summary>The error text held bytes that can't be kept, now U+FFFD.</summary>
    ErrorTextRepaired = 32,
}
