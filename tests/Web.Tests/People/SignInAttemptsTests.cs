using EventEngine.Application.People;

namespace EventEngine.Web.Tests.People;

public sealed class SignInAttemptsTests
{
    private const string Email = "mira@example.test", Origin = "10.0.0.1";
    private readonly SteppedClock _clock = new();
    private readonly SignInAttempts _attempts;

    public SignInAttemptsTests() => _attempts = new SignInAttempts(_clock);

    [Fact]
    public void Four_failures_cost_nothing_and_the_fifth_costs_five_seconds()
    {
        Fail(4);
        Wait().ShouldBeNull();
        Fail(1);
        Wait().ShouldBe(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void Each_further_failure_doubles_the_wait_up_to_five_minutes()
    {
        Fail(6);
        Wait().ShouldBe(TimeSpan.FromSeconds(10));
        Fail(50);
        Wait().ShouldBe(TimeSpan.FromMinutes(5));
    }

    [Fact]
    public void The_wait_ends_by_itself_and_a_success_forgets_the_failures()
    {
        Fail(5);
        _clock.Now += TimeSpan.FromSeconds(5);
        Wait().ShouldBeNull();
        _attempts.Succeeded(Email, Origin);
        Fail(4);
        Wait().ShouldBeNull();
    }

    [Fact]
    public void Another_origin_does_not_wait()
    {
        Fail(9);
        _attempts.WaitFor(Email, "10.0.0.2").ShouldBeNull();
    }

    [Fact]
    public void Guessing_from_many_origins_has_to_wait_too_but_never_more_than_a_minute()
    {
        for (var i = 0; i < 200; i++) _attempts.Failed(Email, $"10.0.1.{i}");
        _attempts.WaitFor(Email.ToUpperInvariant(), "10.0.2.1").ShouldBe(TimeSpan.FromMinutes(1));
    }

    [Fact]
    public void Strangers_can_not_keep_a_person_out_of_the_browser_that_she_always_uses()
    {
        for (var i = 0; i < 200; i++) _attempts.Failed(Email, $"10.0.1.{i}");
        _attempts.WaitFor(Email, "10.0.2.1", isKnownHere: true).ShouldBeNull();
    }

    private TimeSpan? Wait() => _attempts.WaitFor(Email, Origin);

    private void Fail(int times)
    {
        for (var i = 0; i < times; i++) _attempts.Failed(Email, Origin);
    }
}
