using EventEngine.Application.People;

namespace EventEngine.Web.Tests.People;

public sealed class SignInAttemptsTests
{
    private const string Account = "MIRA@EXAMPLE.TEST 10.0.0.1";
    private readonly Clock _clock = new();
    private readonly SignInAttempts _attempts;

    public SignInAttemptsTests() => _attempts = new SignInAttempts(_clock);

    [Fact]
    public void Four_failures_cost_nothing_and_the_fifth_costs_five_seconds()
    {
        Fail(4);
        _attempts.WaitFor(Account).ShouldBeNull();
        Fail(1);
        _attempts.WaitFor(Account).ShouldBe(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void Each_further_failure_doubles_the_wait_up_to_five_minutes()
    {
        Fail(6);
        _attempts.WaitFor(Account).ShouldBe(TimeSpan.FromSeconds(10));
        Fail(50);
        _attempts.WaitFor(Account).ShouldBe(TimeSpan.FromMinutes(5));
    }

    [Fact]
    public void The_wait_ends_by_itself_and_a_success_forgets_the_failures()
    {
        Fail(5);
        _clock.Now += TimeSpan.FromSeconds(5);
        _attempts.WaitFor(Account).ShouldBeNull();
        _attempts.Succeeded(Account);
        Fail(4);
        _attempts.WaitFor(Account).ShouldBeNull();
    }

    [Fact]
    public void Another_origin_does_not_wait()
    {
        Fail(9);
        _attempts.WaitFor("MIRA@EXAMPLE.TEST 10.0.0.2").ShouldBeNull();
    }

    private void Fail(int times)
    {
        for (var i = 0; i < times; i++) _attempts.Failed(Account);
    }

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 1, 15, 10, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
