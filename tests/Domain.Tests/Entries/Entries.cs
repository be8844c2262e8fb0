using EventEngine.Domain.Entries;
using EventEngine.Domain.Ingestion;
using FsCheck;
using FsCheck.Fluent;

namespace EventEngine.Domain.Tests.Entries;

/// <summary>Entries as reporters send them, and as they should never send them.</summary>
internal static class Reported
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    public static EntryReported Emitted(string at = "0s", int receivedAfterSeconds = 60) => Entry(EntryStatus.Emitted, at, receivedAfterSeconds);

    public static EntryReported Published(string at = "0s", int receivedAfterSeconds = 60) => Entry(EntryStatus.Published, at, receivedAfterSeconds);

    public static EntryReported DeadLettered(string at = "0s", int attempts = 3, int receivedAfterSeconds = 60) =>
        Entry(EntryStatus.DeadLettered, at, receivedAfterSeconds) with { Attempts = attempts, ErrorClass = "Timeout", ErrorMessage = $"failed at {at}" };

    public static EventEntry Fold(params IEnumerable<EntryReported> entries)
    {
        EventEntry? folded = null;
        foreach (var entry in entries) folded = folded?.With(entry) ?? EventEntry.From(entry);
        return folded ?? throw new ArgumentException("There is no event without an entry.", nameof(entries));
    }

    public static EventByDay ByDay(params IEnumerable<EntryReported> entries)
    {
        EventByDay? folded = null;
        foreach (var entry in entries) folded = folded?.With(entry) ?? EventByDay.From(entry);
        return folded ?? throw new ArgumentException("There is no event without an entry.", nameof(entries));
    }

    /// <summary>Few distinct values, so that repetitions, ties and disagreements are frequent.</summary>
    public static Gen<EntryReported> Any { get; } =
        from status in Gen.Elements(EntryStatus.Emitted, EntryStatus.Published, EntryStatus.DeadLettered)
        from second in Gen.Elements(0, 0, 1, 30, 90, -7200, 900)
        from received in Gen.Choose(0, 3000)
        from attempts in Gen.Elements<int?>(null, 1, 2)
        from name in Gen.Frequency((9, Gen.Constant("order_placed")), (1, Gen.Constant("order_shipped")))
        from latency in Gen.Elements<double?>(null, null, -1, 12.3456, 1e30, double.MinValue)
        from occurred in Gen.Elements<int?>(null, null, -1, 0, 5, 4000)
        from published in Gen.Elements<int?>(null, null, 0, 2, 4000)
        from text in Gen.Elements(null, null, "a", "b", "ä")
        from repaired in Gen.Elements(false, true)
        select new EntryReported(Noon.AddMilliseconds(received), "1", name, status, Noon.AddSeconds(second).ToOffset(TimeSpan.FromHours(second % 3)))
        {
            Attempts = attempts,
            LatencyMs = latency,
            OccurredAt = occurred is { } o ? Noon.AddSeconds(o) : null,
            PublishedAt = published is { } p ? Noon.AddSeconds(p) : null,
            DeadLetteredAt = published is { } d ? Noon.AddSeconds(d + 1) : null,
            EventType = text,
            EventVersion = attempts,
            IdempotencyKey = text,
            AggregateId = text,
            AggregateVersion = occurred,
            ErrorClass = status == EntryStatus.DeadLettered ? text : null,
            ErrorMessage = status == EntryStatus.DeadLettered ? text : null,
            ErrorMessageLength = text is null ? null : received,
            ErrorTextRepaired = repaired,
        };

    /// <summary>Everything of a row in one text: equal texts are equal rows.</summary>
    public static string Describe(this EventEntry entry)
    {
        var state = entry.State;
        var columns = (entry.EventName, entry.EventType, entry.EventVersion, entry.IdempotencyKey, entry.AggregateType, entry.AggregateId, entry.AggregateVersion);
        var derived = (state.Status, state.At, state.ReportedAt, state.Attempts, state.OccurredAt, state.PublishedAt, state.DeadLetteredAt, state.FirstDiedAt);
        var rest = (state.LatencyUs, state.LatencyCountedAt, state.ErrorClass, state.ErrorMessage, state.ErrorMessageLength, state.Marks, entry.ReporterVersion);
        return $"{columns} {derived} {rest} {Convert.ToHexString(TransitionList.Encode(entry.Transitions))}";
    }

    private static EntryReported Entry(EntryStatus status, string at, int receivedAfterSeconds)
    {
        var time = Noon + (at[^1] == 's' ? TimeSpan.FromSeconds(double.Parse(at[..^1])) : TimeSpan.FromDays(double.Parse(at[..^1])));
        return new EntryReported(time.AddSeconds(receivedAfterSeconds), "1", "order_placed", status, time);
    }
}
