using EventEngine.Domain.Ingestion;

namespace EventEngine.Domain.Entries;

/// <summary>
/// One transition of one event, merged from every entry that reported it. Its identity is status, timestamp as reported and attempts;
/// of fields that repetitions disagree about, the smallest value wins. Times are UTC, in whole microseconds.
/// </summary>
public sealed record Transition(EntryStatus Status, DateTimeOffset Timestamp, int? Attempts, DateTimeOffset ReceivedAt)
{
    private static readonly TimeSpan FutureTolerance = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan HistoricalAge = TimeSpan.FromHours(1);

    /// <summary>As reported; may be negative or absurd.</summary>
    public long? ReportedLatencyUs { get; init; }

    public DateTimeOffset? OccurredAt { get; init; }

    public DateTimeOffset? PublishedAt { get; init; }

    public DateTimeOffset? DeadLetteredAt { get; init; }

    public string? ErrorClass { get; init; }

    public string? ErrorMessage { get; init; }

    /// <summary>Length of the message in characters before it was cut.</summary>
    public int? ErrorMessageLength { get; init; }

    public bool ErrorTextRepaired { get; init; }

    /// <summary>When it happened, as charts and counts take it: the reported time, or that of receipt where it lay in the future.</summary>
    public DateTimeOffset EffectiveAt => Effective(Timestamp);

    /// <summary>Of a dead-lettering: as reported, else its timestamp.</summary>
    public DateTimeOffset DiedAt => DeadLetteredAt is { } died ? Effective(died) : EffectiveAt;

    public EntryMarks Marks
    {
        get
        {
            var marks = ErrorTextRepaired ? EntryMarks.ErrorTextRepaired : EntryMarks.None;
            if (Timestamp < ReceivedAt - HistoricalAge) marks |= EntryMarks.Historical;
            if (InFuture(Timestamp) || InFuture(OccurredAt) || InFuture(PublishedAt) || InFuture(DeadLetteredAt)) marks |= EntryMarks.FutureTime;
            return marks;
        }
    }

    public static Transition From(EntryReported entry) =>
        new(entry.Status, Microseconds.Floor(entry.Timestamp), entry.Attempts, Microseconds.Floor(entry.At))
        {
            ReportedLatencyUs = entry.LatencyMs is { } latency ? Microseconds.FromMilliseconds(latency) : null,
            OccurredAt = Microseconds.Floor(entry.OccurredAt),
            PublishedAt = Microseconds.Floor(entry.PublishedAt),
            DeadLetteredAt = Microseconds.Floor(entry.DeadLetteredAt),
            ErrorClass = entry.ErrorClass,
            ErrorMessage = entry.ErrorMessage,
            ErrorMessageLength = entry.ErrorMessageLength,
            ErrorTextRepaired = entry.ErrorTextRepaired,
        };

    /// <summary>The day (UTC) on which an entry was received.</summary>
    public static DateOnly DayOf(EntryReported entry) => DateOnly.FromDateTime(entry.At.UtcDateTime);

    public DateTimeOffset Effective(DateTimeOffset reported) => InFuture(reported) ? ReceivedAt : reported;

    public bool IsSameAs(Transition other) => Status == other.Status && Timestamp == other.Timestamp && Attempts == other.Attempts;

    /// <summary>Order by identity: time, then status, then attempts.</summary>
    public static int Order(Transition left, Transition right)
    {
        var byTime = left.Timestamp.CompareTo(right.Timestamp);
        if (byTime != 0) return byTime;
        var byStatus = left.Status.CompareTo(right.Status);
        return byStatus != 0 ? byStatus : Nullable.Compare(left.Attempts, right.Attempts);
    }

    /// <summary>What both say of the same transition, whichever came first.</summary>
    public Transition MergedWith(Transition other) => this with
    {
        ReceivedAt = ReceivedAt <= other.ReceivedAt ? ReceivedAt : other.ReceivedAt,
        ReportedLatencyUs = Smallest.Of(ReportedLatencyUs, other.ReportedLatencyUs),
        OccurredAt = Smallest.Of(OccurredAt, other.OccurredAt),
        PublishedAt = Smallest.Of(PublishedAt, other.PublishedAt),
        DeadLetteredAt = Smallest.Of(DeadLetteredAt, other.DeadLetteredAt),
        ErrorClass = Smallest.Of(ErrorClass, other.ErrorClass),
        ErrorMessage = Smallest.Of(ErrorMessage, other.ErrorMessage),
        ErrorMessageLength = LengthOfSmallestMessage(other),
        ErrorTextRepaired = ErrorTextRepaired || other.ErrorTextRepaired,
    };

    // The length belongs to the message that wins.
    private int? LengthOfSmallestMessage(Transition other)
    {
        if (string.Equals(ErrorMessage, other.ErrorMessage, StringComparison.Ordinal)) return Smallest.Of(ErrorMessageLength, other.ErrorMessageLength);
        return ReferenceEquals(Smallest.Of(ErrorMessage, other.ErrorMessage), ErrorMessage) ? ErrorMessageLength : other.ErrorMessageLength;
    }

    private bool InFuture(DateTimeOffset? time) => time is { } known && InFuture(known);

    private bool InFuture(DateTimeOffset time) => time - ReceivedAt > FutureTolerance;
}
