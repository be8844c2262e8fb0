using EventEngine.Domain.DeadLetters;

namespace EventEngine.Domain.Entries;

/// <summary>What a set of transitions of one event says together.</summary>
/// <param name="LastReportedAt">When we last heard something new of it; repetitions are nothing new.</param>
public sealed record EntryState(EntryStatus Status, DateTimeOffset At, DateTimeOffset ReportedAt, DateTimeOffset LastReportedAt, IReadOnlyList<Transition> Transitions)
{
    /// <summary>A latency beyond a year is a broken clock, and would drown every sum.</summary>
    private const long LongestLatencyUs = 366L * 24 * 3600 * 1_000_000;

    private ErrorFingerprint? _fingerprint;

    public int? Attempts { get; private init; }

    public DateTimeOffset? OccurredAt { get; private init; }

    /// <summary>Of the latest publication: as reported, else its timestamp.</summary>
    public DateTimeOffset? PublishedAt { get; private init; }

    /// <summary>Of the latest dead-lettering; kept after a later publication.</summary>
    public DateTimeOffset? DeadLetteredAt { get; private init; }

    /// <summary>From emission to the latest publication; null while it is not published or can't be told.</summary>
    public long? LatencyUs { get; private init; }

    /// <summary>When the latest publication happened, as charts count it.</summary>
    public DateTimeOffset? LatencyCountedAt { get; private init; }

    public string? ErrorClass { get; private init; }

    public string? ErrorMessage { get; private init; }

    public int? ErrorMessageLength { get; private init; }

    /// <summary>Of the latest dead-lettering; null when it never was.</summary>
    public ErrorFingerprint? Fingerprint => DeadLetteredAt is null ? null : _fingerprint ??= ErrorFingerprint.Of(ErrorClass, ErrorMessage);

    /// <summary>The earliest dead-lettering by the same kind of error as the latest; null when it never was.</summary>
    public DateTimeOffset? FirstDiedAt
    {
        get
        {
            if (DeadLetteredAt is not { } first) return null;
            foreach (var death in Transitions.Where(transition => transition.Status == EntryStatus.DeadLettered))
                if (death.DiedAt < first && ErrorFingerprint.Of(death.ErrorClass, death.ErrorMessage) == Fingerprint) first = death.DiedAt;
            return first;
        }
    }

    public EntryMarks Marks { get; private init; }

    public static EntryState Of(IReadOnlyList<Transition> transitions)
    {
        Transition? published = null, dead = null;
        DateTimeOffset? occurredAt = null;
        var (earliest, reportedAt, lastReportedAt, marks) = (transitions[0].EffectiveAt, transitions[0].ReceivedAt, transitions[0].ReceivedAt, EntryMarks.None);
        int? attempts = null;
        foreach (var transition in transitions)
        {
            var at = transition.EffectiveAt;
            if (at < earliest) earliest = at;
            if (transition.ReceivedAt < reportedAt) reportedAt = transition.ReceivedAt;
            if (transition.ReceivedAt > lastReportedAt) lastReportedAt = transition.ReceivedAt;
            if (transition.Attempts is { } tried && (attempts is null || tried > attempts)) attempts = tried;
            if (transition.OccurredAt is { } occurred) occurredAt = Smallest.Of(occurredAt, transition.Effective(occurred));
            if (transition.Status == EntryStatus.Published && IsLater(transition, published)) published = transition;
            if (transition.Status == EntryStatus.DeadLettered && IsLater(transition, dead)) dead = transition;
            marks |= transition.Marks;
        }

        var (latency, latencyMarks) = published is null ? (null, EntryMarks.None) : LatencyOf(published, transitions);
        return new EntryState(StatusOf(published, dead), occurredAt ?? earliest, reportedAt, lastReportedAt, transitions)
        {
            Attempts = attempts,
            OccurredAt = occurredAt,
            PublishedAt = published is null ? null : published.PublishedAt is { } sent ? published.Effective(sent) : published.EffectiveAt,
            DeadLetteredAt = dead?.DiedAt,
            LatencyUs = latency,
            LatencyCountedAt = latency is null ? null : published!.EffectiveAt,
            ErrorClass = dead?.ErrorClass,
            ErrorMessage = dead?.ErrorMessage,
            ErrorMessageLength = dead?.ErrorMessageLength,
            Marks = marks | latencyMarks,
        };
    }

    // An emission never wins over the other two; a tie of those is a publication.
    private static EntryStatus StatusOf(Transition? published, Transition? dead)
    {
        if (published is null) return dead is null ? EntryStatus.Emitted : EntryStatus.DeadLettered;
        return dead is not null && dead.EffectiveAt > published.EffectiveAt ? EntryStatus.DeadLettered : EntryStatus.Published;
    }

    // Transitions come in order of identity, so that of two at the same time the later identity stays.
    private static bool IsLater(Transition transition, Transition? best) => best is null || transition.EffectiveAt >= best.EffectiveAt;

    private static (long? Us, EntryMarks Marks) LatencyOf(Transition published, IReadOnlyList<Transition> transitions)
    {
        if (published.ReportedLatencyUs is { } reported) return Bounded(reported, EntryMarks.None);
        if (published.PublishedAt is { } publishedAt && EarliestOccurrence(transitions) is { } occurredAt)
            return Bounded(Microseconds.Between(occurredAt, publishedAt), EntryMarks.None);
        var emitted = transitions.FirstOrDefault(transition => transition.Status == EntryStatus.Emitted);
        if (emitted is null) return (null, EntryMarks.None);
        return Bounded(Microseconds.Between(emitted.Timestamp, published.Timestamp), EntryMarks.LatencyApproximate);
    }

    // As reported, like the other end of the difference: both come from the same clock, which may be wrong as a whole.
    private static DateTimeOffset? EarliestOccurrence(IReadOnlyList<Transition> transitions)
    {
        DateTimeOffset? earliest = null;
        foreach (var transition in transitions) earliest = Smallest.Of(earliest, transition.OccurredAt);
        return earliest;
    }

    private static (long? Us, EntryMarks Marks) Bounded(long us, EntryMarks marks) => us switch
    {
        < 0 => (0, marks | EntryMarks.LatencyNegative),
        > LongestLatencyUs => (LongestLatencyUs, marks | EntryMarks.LatencyCut),
        _ => (us, marks),
    };
}
