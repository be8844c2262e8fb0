using EventEngine.Domain.Entries;
using static EventEngine.Domain.Tests.Entries.Reported;

namespace EventEngine.Domain.Tests.Entries;

public sealed class LatencyOfAnEventTests
{
    [Fact]
    public void As_reported_comes_first() =>
        Fold(Emitted("0s"), Published("9s") with { LatencyMs = 12.3456, OccurredAt = Noon, PublishedAt = Noon.AddSeconds(5) }).State
            .ShouldSatisfyAllConditions(state => state.LatencyUs.ShouldBe(12_346), state => state.Marks.ShouldBe(EntryMarks.None));

    [Fact]
    public void Else_from_occurrence_to_publication() =>
        Fold(Emitted("0s") with { OccurredAt = Noon.AddSeconds(1) }, Published("9s") with { PublishedAt = Noon.AddSeconds(5) })
            .State.LatencyUs.ShouldBe(4_000_000);

    [Fact]
    public void Else_between_the_timestamps_and_marked_approximate() =>
        Fold(Emitted("0s"), Published("9s")).State
            .ShouldSatisfyAllConditions(state => state.LatencyUs.ShouldBe(9_000_000), state => state.Marks.ShouldBe(EntryMarks.LatencyApproximate));

    [Fact]
    public void Unknown_when_only_the_publication_was_reported() => Fold(Published()).State.LatencyUs.ShouldBeNull();

    [Fact]
    public void A_negative_one_counts_as_zero_and_is_marked() =>
        Fold(Published() with { LatencyMs = -3 }).State
            .ShouldSatisfyAllConditions(state => state.LatencyUs.ShouldBe(0), state => state.Marks.ShouldBe(EntryMarks.LatencyNegative));

    [Fact]
    public void One_beyond_a_year_is_cut_and_marked() =>
        Fold(Published() with { LatencyMs = double.MaxValue }).State
            .ShouldSatisfyAllConditions(state => state.LatencyUs.ShouldBe(366L * 86_400_000_000), state => state.Marks.ShouldBe(EntryMarks.LatencyCut));

    [Fact]
    public void A_dead_letter_has_none() => Fold(Emitted(), DeadLettered("9s") with { LatencyMs = 4 }).State.LatencyUs.ShouldBeNull();
}
