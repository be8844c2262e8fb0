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
        new(Smallest.Of(EventName, entry.EventName)!, With(Transitions, Transition.From(entry)))
        {
            EventType = Smallest.Of(EventType, entry.EventType),
            EventVersion = Smallest.Of(EventVersion, entry.EventVersion),
            IdempotencyKey = Smallest.Of(IdempotencyKey, entry.IdempotencyKey),
            AggregateType = Smallest.Of(AggregateType, entry.AggregateType),
            AggregateId = Smallest.Of(AggregateId, entry.AggregateId),
            AggregateVersion = Smallest.Of(AggregateVersion, entry.AggregateVersion),
            ReporterVersion = Smallest.Of(ReporterVersion, reporterVersion),
        };

    /// <summary>What two sets of entries of the same event say together.</summary>
    public EventEntry MergedWith(EventEntry other) => new(Smallest.Of(EventName, other.EventName)!, other.Transitions.Aggregate(Transitions, With))
    {
        EventType = Smallest.Of(EventType, other.EventType),
        EventVersion = Smallest.Of(EventVersion, other.EventVersion),
        IdempotencyKey = Smallest.Of(IdempotencyKey, other.IdempotencyKey),
        AggregateType = Smallest.Of(AggregateType, other.AggregateType),
        AggregateId = Smallest.Of(AggregateId, other.AggregateId),
        AggregateVersion = Smallest.Of(AggregateVersion, other.AggregateVersion),
        ReporterVersion = Smallest.Of(ReporterVersion, other.ReporterVersion),
    };

    /// <summary>Whether the same transition was reported, whatever else was said of it.</summary>
    public bool Has(Transition reported) => Transitions.Any(transition => transition.IsSameAs(reported));

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

    private static IReadOnlyList<Transition> With(IReadOnlyList<Transition> transitions, Transition reported)
    {
        var at = 0;
        while (at < transitions.Count && Transition.Order(transitions[at], reported) < 0) at++;
        var known = at < transitions.Count && transitions[at].IsSameAs(reported);
        var all = new Transition[known ? transitions.Count : transitions.Count + 1];
        for (var i = 0; i < at; i++) all[i] = transitions[i];
        all[at] = known ? transitions[at].MergedWith(reported) : reported;
        for (var i = known ? at + 1 : at; i < transitions.Count; i++) all[known ? i : i + 1] = transitions[i];
        return all;
    }
}
