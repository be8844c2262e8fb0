using EventEngine.Domain.Entries;
using static EventEngine.Domain.Tests.Entries.Reported;

namespace EventEngine.Domain.Tests.Entries;

public sealed class FoldingEntriesTests
{
    [Fact]
    public void An_emitted_event_is_pending_at_its_own_time()
    {
        var state = Fold(Emitted() with { Timestamp = new(2026, 11, 20, 7, 0, 0, TimeSpan.FromHours(-5)) }).State;

        state.Status.ShouldBe(EntryStatus.Emitted);
        state.At.ShouldBe(Noon);
        state.At.Offset.ShouldBe(TimeSpan.Zero);
        state.LatencyUs.ShouldBeNull();
    }

    [Fact]
    public void An_emission_never_wins_even_when_its_clock_is_ahead() =>
        Fold(Published("0s"), Emitted("40s")).State.Status.ShouldBe(EntryStatus.Published);

    [Fact]
    public void A_dead_letter_that_is_published_later_is_published_and_keeps_its_error()
    {
        var state = Fold(DeadLettered("10s"), Published("20s")).State;

        state.Status.ShouldBe(EntryStatus.Published);
        state.ErrorMessage.ShouldBe("failed at 10s");
        state.DeadLetteredAt.ShouldBe(Noon.AddSeconds(10));
        state.PublishedAt.ShouldBe(Noon.AddSeconds(20));
    }

    [Fact]
    public void A_published_event_that_dies_later_is_dead() =>
        Fold(Published("10s"), DeadLettered("20s")).State.Status.ShouldBe(EntryStatus.DeadLettered);

    [Fact]
    public void A_tie_of_publication_and_dead_letter_is_a_publication() =>
        Fold(DeadLettered("10s"), Published("10s")).State.Status.ShouldBe(EntryStatus.Published);

    [Fact]
    public void The_latest_dead_letter_gives_the_error_and_the_most_attempts_are_kept()
    {
        var state = Fold(DeadLettered("30s", attempts: 2), DeadLettered("10s", attempts: 5)).State;

        state.ErrorMessage.ShouldBe("failed at 30s");
        state.Attempts.ShouldBe(5);
    }

    [Fact]
    public void It_first_died_when_it_died_first_of_what_it_died_of_latest()
    {
        var latest = DeadLettered("30s", attempts: 2);

        Fold(latest, DeadLettered("10s"), Published("20s")).State.FirstDiedAt.ShouldBe(Noon.AddSeconds(10));
        Fold(latest with { ErrorClass = "Another" }, DeadLettered("10s")).State.FirstDiedAt.ShouldBe(Noon.AddSeconds(30));
        Fold(Published()).State.FirstDiedAt.ShouldBeNull();
    }

    [Fact]
    public void The_same_transition_twice_is_one()
    {
        var once = Fold(DeadLettered());

        once.With(DeadLettered()).Describe().ShouldBe(once.Describe());
        ByDay(DeadLettered()).HasRecently(DeadLettered()).ShouldBeTrue();
    }

    [Fact]
    public void Another_number_of_attempts_or_another_time_is_another_transition() =>
        Fold(DeadLettered("0s", 3), DeadLettered("0s", 4), DeadLettered("1s", 4)).Transitions.Count.ShouldBe(3);

    [Fact]
    public void Repetitions_that_disagree_leave_the_smallest_value()
    {
        var entry = Fold(Emitted() with { EventType = "b", EventVersion = 2 }, Emitted() with { EventType = "B", IdempotencyKey = "k" });

        (entry.EventType, entry.EventVersion, entry.IdempotencyKey).ShouldBe(("B", 2, "k"));
    }

    [Fact]
    public void A_time_more_than_five_minutes_ahead_is_that_of_receipt_and_marked()
    {
        var entry = Published("0s", receivedAfterSeconds: -301);
        var folded = Fold(entry);

        folded.State.PublishedAt.ShouldBe(entry.At);
        folded.State.Marks.ShouldBe(EntryMarks.FutureTime);
        folded.Transitions[0].Timestamp.ShouldBe(Noon);
        Fold(Published("0s", receivedAfterSeconds: -300)).State.Marks.ShouldBe(EntryMarks.None);
    }

    [Fact]
    public void A_repetition_of_a_future_time_changes_nothing_after_the_future_has_come()
    {
        var folded = Fold(Published("0s", receivedAfterSeconds: -301), Published("0s", receivedAfterSeconds: 60));

        folded.Transitions.Count.ShouldBe(1);
        folded.State.PublishedAt.ShouldBe(Noon.AddSeconds(-301));
        folded.State.Marks.ShouldBe(EntryMarks.FutureTime);
    }

    [Fact]
    public void What_is_older_than_an_hour_at_receipt_is_historical()
    {
        Fold(Emitted(receivedAfterSeconds: 3600)).State.Marks.ShouldBe(EntryMarks.None);
        Fold(Emitted(receivedAfterSeconds: 3601)).State.Marks.ShouldBe(EntryMarks.Historical);
    }
}
