using EventEngine.Domain.Ingestion;

namespace EventEngine.Domain.Entries;

/// <summary>
/// The life of one event of one app, folded from its entries. The fold is commutative and idempotent: any order, any repetition and any
/// split of the same entries end in the same state, because every field is a minimum, a maximum or follows from the set of transitions.
/// </summary>
public sealed class EventEntry
{
    private EntryState? _state;

    /// <param name="transitions">Ordered by <see cref="Transition.Order"/>, each identity once, at least one.</param>
    public EventEntry(string eventName, IReadOnlyList<Transition> transitions)
    {
        EventName = eventName;
        Transitions = transitions;
    }

    public string EventName { get; }

    public IReadOnlyList<Transition> Transitions { get; }

    public string? EventType { get; init; }

    public int? EventVersion { get; init; }

    public string? IdempotencyKey { get; init; }

    public string? AggregateType { get; init; }

    public string? AggregateId { get; init; }

    public long? AggregateVersion { get; init; }

    public string? ReporterVersion { get; init; }

    /// <summary>What follows from all transitions.</summary>
    public EntryState State => _state ??= EntryState.Of(Transitions);

    /// <summary>The day (UTC) of its first receipt.</summary>
    public DateOnly ReceivedOn => DateOnly.FromDateTime(State.ReportedAt.UtcDateTime);

    public static EventEntry From(EntryReported entry, string? reporterVersion = null) => new(entry.EventName, [Transition.From(entry)])
    {
        EventType = entry.EventType,
        EventVersion = entry.EventVersion,
        IdempotencyKey = entry.IdempotencyKey,
        AggregateType = entry.AggregateType,
        AggregateId = entry.AggregateId,
        AggregateVersion = entry.AggregateVersion,
        ReporterVersion = reporterVersion,
    };

    public EventEntry With(EntryReported entry, string? reporterVersion = null) =>
        new(Smallest.Of(EventName, entry.EventName)!, With(Transition.From(entry)))
        {
            EventType = Smallest.Of(EventType, entry.EventType),
            EventVersion = Smallest.Of(EventVersion, entry.EventVersion),
            IdempotencyKey = Smallest.Of(IdempotencyKey, entry.IdempotencyKey),
            AggregateType = Smallest.Of(AggregateType, entry.AggregateType),
            AggregateId = Smallest.Of(AggregateId, entry.AggregateId),
            AggregateVersion = Smallest.Of(AggregateVersion, entry.AggregateVersion),
            ReporterVersion = Smallest.Of(ReporterVersion, reporterVersion),
        };

    /// <summary>
    /// Whether the ledger takes the entry for a repetition: the same transition came on the same day or the day before. Older ones are
    /// forgotten, so that a day can be counted without the days that retention has deleted.
    /// </summary>
    public bool HasRecently(EntryReported entry)
    {
        var reported = Transition.From(entry);
        var known = Transitions.FirstOrDefault(transition => transition.IsSameAs(reported));
        return known is not null && known.LastReceivedOn >= Recent(reported.LastReceivedOn);
    }

    /// <summary>What rollups of a day may know of this event: the transitions received on that day or the day before; null if there are none.</summary>
    public EntryState? RecentState(DateOnly day)
    {
        var since = Recent(day);
        if (Transitions.All(transition => transition.LastReceivedOn >= since)) return State;
        var recent = Transitions.Where(transition => transition.LastReceivedOn >= since).ToArray();
        return recent.Length == 0 ? null : EntryState.Of(recent);
    }

    public bool IsSameAs(EventEntry? other) =>
        other is not null
        && EventName == other.EventName
        && EventType == other.EventType
        && EventVersion == other.EventVersion
        && IdempotencyKey == other.IdempotencyKey
        && AggregateType == other.AggregateType
        && AggregateId == other.AggregateId
        && AggregateVersion == other.AggregateVersion
        && ReporterVersion == other.ReporterVersion
        && Transitions.SequenceEqual(other.Transitions);

    private static DateOnly Recent(DateOnly day) => day.AddDays(-1);

    private Transition[] With(Transition reported)
    {
        var at = 0;
        while (at < Transitions.Count && Transition.Order(Transitions[at], reported) < 0) at++;
        var known = at < Transitions.Count && Transitions[at].IsSameAs(reported);
        var all = new Transition[known ? Transitions.Count : Transitions.Count + 1];
        for (var i = 0; i < at; i++) all[i] = Transitions[i];
        all[at] = known ? Transitions[at].MergedWith(reported) : reported;
        for (var i = known ? at + 1 : at; i < Transitions.Count; i++) all[known ? i : i + 1] = Transitions[i];
        return all;
    }
}
