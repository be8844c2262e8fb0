using EventEngine.Application.Ingestion;
using EventEngine.Domain.Organizations;
using FsCheck;
using FsCheck.Fluent;

namespace EventEngine.Infrastructure.Tests.Ingestion;

public sealed class RequestRatesTests
{
    private static readonly OrganizationId Farm = new(Guid.NewGuid()), Shop = new(Guid.NewGuid());

    private readonly SteppedClock _clock = new();
    private readonly RequestRates _rates;

    public RequestRatesTests() => _rates = new RequestRates(_clock);

    [Fact]
    public void A_burst_up_to_the_limit_is_let_through_and_organizations_do_not_share()
    {
        for (var i = 1; i <= 100; i++) _rates.Count(Farm, 100).ShouldBe(new RateDecision(true, 100, 100 - i, 61));
        _rates.Count(Farm, 100).IsAllowed.ShouldBeFalse();
        _rates.Count(Shop, 100).IsAllowed.ShouldBeTrue();
        _rates.Count(Farm, 1_000).IsAllowed.ShouldBeTrue("a better plan counts at once");
    }

    [Fact]
    public void There_is_room_again_after_the_seconds_that_were_named()
    {
        for (var i = 0; i < 5; i++) _rates.Count(Farm, 10);
        _clock.Advance(30);
        for (var i = 0; i < 5; i++) _rates.Count(Farm, 10);
        var refused = _rates.Count(Farm, 10);
        refused.ShouldBe(new RateDecision(false, 10, 0, 31));
        _clock.Advance(refused.ResetSeconds - 1);
        _rates.Count(Farm, 10).IsAllowed.ShouldBeFalse();
        _clock.Advance(1);
        _rates.Count(Farm, 10).Remaining.ShouldBe(4);
        _clock.Advance(600);
        _rates.Count(Farm, 10).Remaining.ShouldBe(9);
    }

    [Fact]
    public void No_minute_ever_sees_more_than_the_limit()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<NonNegativeInt[]>(), steps =>
        {
            var clock = new SteppedClock();
            var rates = new RequestRates(clock);
            var allowed = new List<TimeSpan>();
            foreach (var step in steps)
            {
                clock.Advance(step.Get % 70 / 3.0);
                for (var i = 0; i < 4; i++)
                    if (rates.Count(Farm, 7).IsAllowed) allowed.Add(clock.GetElapsedTime(0));
            }

            for (var i = 7; i < allowed.Count; i++) (allowed[i] - allowed[i - 7]).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(60));
        }).QuickCheckThrowOnFailure();
    }
}
