using EventEngine.Domain.Apps;

namespace EventEngine.Domain.Tests.Apps;

public sealed class AppHealthTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void An_app_that_never_reported_is_waiting() => Judge().ShouldBe(AppHealth.Waiting);

    [Theory]
    [InlineData(60, AppHealth.Healthy)]
    [InlineData(61, AppHealth.Lagging)]
    [InlineData(300, AppHealth.Lagging)]
    [InlineData(301, AppHealth.Missing)]
    public void A_late_heartbeat_lags_and_a_lost_one_is_missing(int seconds, AppHealth health) => Judge(seen: 1, heartbeat: seconds).ShouldBe(health);

    [Theory]
    [InlineData(300, AppHealth.Healthy)]
    [InlineData(301, AppHealth.Lagging)]
    public void Events_in_flight_for_more_than_five_minutes_lag(int seconds, AppHealth health) => Judge(seen: 1, inFlight: seconds).ShouldBe(health);

    [Theory]
    [InlineData(600, 1, AppHealth.Healthy)]
    [InlineData(601, 1, AppHealth.Quiet)]
    [InlineData(601, 61, AppHealth.Healthy)]
    [InlineData(3601, 360, AppHealth.Quiet)]
    public void Silence_is_measured_against_what_is_usual(int silence, int usualGap, AppHealth health) => Judge(seen: silence, gap: usualGap).ShouldBe(health);

    [Fact]
    public void An_app_without_heartbeats_is_never_missing() => Judge(seen: 1_000_000).ShouldBe(AppHealth.Quiet);

    [Fact]
    public void Heartbeats_alone_are_a_healthy_app() => Judge(heartbeat: 1).ShouldBe(AppHealth.Healthy);

    [Fact]
    public void The_worst_sign_decides() => Judge(seen: 10_000, inFlight: 10_000, heartbeat: 10_000).ShouldBe(AppHealth.Missing);

    [Fact]
    public void Lagging_comes_before_quiet() => Judge(seen: 10_000, inFlight: 10_000).ShouldBe(AppHealth.Lagging);

    [Fact]
    public void Thresholds_are_settings()
    {
        var thresholds = new HealthThresholds { HeartbeatMissing = TimeSpan.FromHours(1), HeartbeatLate = TimeSpan.FromMinutes(30) };
        AppHealthRule.Judge(new AppSigns(Now, null, Now.AddMinutes(-20), null), thresholds, Now).ShouldBe(AppHealth.Healthy);
    }

    private static AppHealth Judge(int? seen = null, int? gap = null, int? heartbeat = null, int? inFlight = null)
    {
        var signs = new AppSigns(Ago(seen), gap is { } s ? TimeSpan.FromSeconds(s) : null, Ago(heartbeat), Ago(inFlight));
        return AppHealthRule.Judge(signs, HealthThresholds.Default, Now);
    }

    private static DateTimeOffset? Ago(int? seconds) => seconds is { } s ? Now.AddSeconds(-s) : null;
}
