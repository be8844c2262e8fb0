using EventEngine.Application.EventStore;
using EventEngine.Infrastructure.EventStore;
using FsCheck;
using FsCheck.Fluent;

namespace EventEngine.Infrastructure.Tests.EventStore;

public sealed class HeadHistoryTests
{
    [Fact]
    public void Nothing_waits_before_anything_was_seen_or_at_the_head_or_beyond()
    {
        var history = new HeadHistory();
        history.FirstSeenBeyond(null).ShouldBeNull();
        history.Saw(At(5), 100);

        history.FirstSeenBeyond(At(5)).ShouldBeNull();
        history.FirstSeenBeyond(At(6)).ShouldBeNull();
        history.Latest.ShouldBe(At(5));
    }

    [Fact]
    public void The_oldest_head_beyond_a_checkpoint_counts()
    {
        var history = new HeadHistory();
        history.Saw(At(5), 100);
        history.Saw(At(5), 110);
        history.Saw(At(9), 120);
        history.Saw(At(20), 130);

        history.FirstSeenBeyond(null).ShouldBe(100);
        history.FirstSeenBeyond(At(4)).ShouldBe(100);
        history.FirstSeenBeyond(At(5)).ShouldBe(120);
        history.FirstSeenBeyond(At(8)).ShouldBe(120);
        history.FirstSeenBeyond(At(9)).ShouldBe(130);
    }

    [Fact]
    public void However_long_it_goes_on_a_wait_is_never_overstated_and_known_to_a_few_hundredths()
    {
        Prop.ForAll(Gen.Choose(1_000, 100_000).ToArbitrary(), length =>
        {
            var history = new HeadHistory();
            for (var i = 0; i < length; i++) history.Saw(At(i), i);
            for (var checkpoint = 0; checkpoint < length - 1; checkpoint += 97)
            {
                var (waited, exact) = (length - history.FirstSeenBeyond(At(checkpoint))!.Value, length - (checkpoint + 1));
                waited.ShouldBeLessThanOrEqualTo(exact);
                waited.ShouldBeGreaterThanOrEqualTo((long)(exact * 0.95) - 1);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(30));
    }

    private static StorePosition At(long position) => new(position, position);
}
