using EventEngine.Domain.Apps;
using EventEngine.Domain.Entries;
using EventEngine.Domain.Ingestion;
using FsCheck;
using FsCheck.Fluent;
using static EventEngine.Domain.Tests.Entries.Reported;

namespace EventEngine.Domain.Tests.Entries;

public sealed class FoldingPropertyTests
{
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(500);
    private static readonly AppId App = new(Guid.Empty);

    private static readonly Gen<(EntryReported[] Once, EntryReported[] Again)> Feeds =
        from once in Any.NonEmptyListOf()
        from repeated in Gen.SubListOf<EntryReported>(once.AsEnumerable())
        from again in Gen.Shuffle<EntryReported>(once.Concat(repeated))
        select (once.ToArray(), again);

    [Fact]
    public void Any_order_and_any_repetition_end_in_the_same_row() =>
        Check.One(Thorough, Prop.ForAll(Arb.From(Feeds), feeds => Fold(feeds.Again).Describe() == Fold(feeds.Once).Describe()));

    [Fact]
    public void Any_order_and_any_repetition_end_in_the_same_counters() =>
        Check.One(Thorough, Prop.ForAll(Arb.From(Feeds), feeds => Counters(feeds.Again, _ => true) == Counters(feeds.Once, _ => true)));

    [Fact]
    public void Any_split_into_batches_ends_in_the_same_counters() =>
        Check.One(Thorough, Prop.ForAll(Arb.From(Feeds), Arb.From(Gen.Choose(1, 5)), (feeds, size) =>
            Counters(feeds.Again, index => index % size == 0) == Counters(feeds.Once, _ => true)));

    [Fact]
    public void A_row_comes_back_from_its_columns_and_transitions() =>
        Check.One(Thorough, Prop.ForAll(Arb.From(Any.NonEmptyListOf()), entries =>
        {
            var folded = Fold(entries);
            var stored = TransitionList.Decode(TransitionList.Encode(folded.Transitions));
            stored.ShouldBe(folded.Transitions);
            Copy(folded, stored).Describe().ShouldBe(folded.Describe());
        }));

    [Fact]
    public void A_damaged_list_of_transitions_is_refused_not_misread()
    {
        var bytes = TransitionList.Encode(Fold(DeadLettered()).Transitions);

        for (var length = 0; length < bytes.Length; length++) Should.Throw<FormatException>(() => TransitionList.Decode(bytes.AsSpan(0, length)));
        Should.Throw<FormatException>(() => TransitionList.Decode([9, .. bytes]));
    }

    // Books an event as the projection does: one difference for what came together.
    private static string Counters(EntryReported[] entries, Func<int, bool> closesBatch)
    {
        var rollups = new Rollups();
        var totals = new EntryTotals();
        EventByDay? booked = null, current = null;
        for (var i = 0; i < entries.Length; i++)
        {
            current = current?.With(entries[i]) ?? EventByDay.From(entries[i]);
            if (!closesBatch(i) && i < entries.Length - 1) continue;
            rollups.Change(App, booked, current);
            totals.Change(booked?.Whole, current.Whole);
            booked = current;
        }

        var cells = rollups.Minutes.Concat(rollups.Hours()).Where(cell => !cell.Value.IsNothing).Select(cell => $"{cell.Key} {Describe(cell.Value)}");
        return string.Join('\n', cells.Order(StringComparer.Ordinal)) + (totals.Events, totals.Pending, totals.Published, totals.DeadLettered, totals.LatencySumUs);
    }

    private static string Describe(RollupCounters of) =>
        $"{(of.Events, of.Emitted, of.Published, of.DeadLettered, of.LatencyCount, of.LatencySumUs)} {Convert.ToHexString(of.Sketch.Encode())}";

    private static EventEntry Copy(EventEntry entry, IReadOnlyList<Transition> transitions) => new(entry.EventName, transitions)
    {
        EventType = entry.EventType,
        EventVersion = entry.EventVersion,
        IdempotencyKey = entry.IdempotencyKey,
        AggregateType = entry.AggregateType,
        AggregateId = entry.AggregateId,
        AggregateVersion = entry.AggregateVersion,
        ReporterVersion = entry.ReporterVersion,
    };
}
