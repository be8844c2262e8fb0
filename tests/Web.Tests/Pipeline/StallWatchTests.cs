using EventEngine.Application.EventStore;
using EventEngine.Application.Pipeline;

namespace EventEngine.Web.Tests.Pipeline;

public sealed class StallWatchTests
{
    private readonly Clock _clock = new();
    private readonly StallWatch _watch;

    public StallWatchTests() => _watch = new StallWatch(_clock);

    [Fact]
    public void Standing_still_while_the_store_goes_on_is_a_stall_after_two_minutes()
    {
        Look(head: 10, at: 5);
        _clock.Seconds = 119;
        Look(head: 11, at: 5);
        _watch.Stalls.ShouldBeEmpty();

        _clock.Seconds = 120;
        _watch.Stalls.ShouldHaveSingleItem().ToString().ShouldBe("entries stands still at 5-5 for 2 min");
    }

    [Fact]
    public void Moving_slowly_is_none()
    {
        for (var step = 0; step < 10; step++)
        {
            _clock.Seconds = step * 100;
            Look(head: 1_000, at: step);
        }

        _watch.Stalls.ShouldBeEmpty();
    }

    [Fact]
    public void Having_seen_everything_is_none()
    {
        Look(head: 10, at: 10);
        _clock.Seconds = 1_000;
        Look(head: 10, at: 10);
        _watch.Stalls.ShouldBeEmpty();
    }

    [Fact]
    public void One_that_never_began_stalls_too_and_recovers()
    {
        Look(head: 10, at: null);
        _clock.Seconds = 200;
        Look(head: 10, at: null);
        _watch.Stalls.ShouldHaveSingleItem().ToString().ShouldContain("the beginning");

        Look(head: 10, at: 1);
        _watch.Stalls.ShouldBeEmpty();
    }

    [Fact]
    public void A_subscription_is_watched_in_the_same_way()
    {
        _watch.Look("live feed", "commit 7", isBehind: true);
        _clock.Seconds = 300;
        _watch.Look("live feed", "commit 7", isBehind: true);
        _watch.StalledSince("live feed").ShouldNotBeNull();

        _watch.Look("live feed", "commit 7", isBehind: false);
        _watch.StalledSince("live feed").ShouldBeNull();
    }

    [Fact]
    public void One_that_has_stopped_says_so_itself()
    {
        Look(head: 10, at: 5, state: "stopped");
        _clock.Seconds = 200;
        Look(head: 10, at: 5, state: "stopped");
        _watch.Stalls.ShouldBeEmpty();
    }

    private void Look(long head, long? at, string state = "running") => _watch.Look(
        new StorePosition(head, head),
        [new ProjectionRow("entries", 1, at is { } position ? new StorePosition(position, position) : null, null, default, 0, null, 0, null, state, null, null)]);

    private sealed class Clock : TimeProvider
    {
        public long Seconds { get; set; }

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Seconds;
    }
}
