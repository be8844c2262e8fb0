using System.Net;
using EventEngine.Web.Tests.Api;

namespace EventEngine.Web.Tests.Retention;

/// <summary>What the plan's hours have passed is hidden from every read at once, though its day still stands.</summary>
public sealed class HidingTests(HidingTests.Seeded seeded) : IClassFixture<HidingTests.Seeded>
{
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);
    private readonly ApiHost _host = seeded.Host;
    private readonly string _app = $"/api/v1/apps/{seeded.Host.Ours.App}";

    [Fact]
    public async Task Within_its_hours_everything_is_shown()
    {
        _host.Clock.Shift = Day - TimeSpan.FromMinutes(30);
        (await CountAsync("events", "events")).ShouldBe(3);
        (await CountAsync("dead-letters", "dead_letters")).ShouldBe(1);
        (await CountAsync("rejected-entries", "rejected_entries")).ShouldBe(1);
        await _host.GetAsync($"{_app}/events/old-1");
        (await _host.GetAsync("/api/v1/search?q=old-1"))["events"]!.AsArray().Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("events")]
    [InlineData("events?sort=latency_ms")]
    [InlineData("events?q=old")]
    [InlineData("events?q=timeout")]
    [InlineData("events?q=key-")]
    [InlineData("events?status=dead_lettered")]
    [InlineData("events?event_name=order.placed&sort=event_name")]
    public async Task Lists_of_events_show_nothing_older(string list)
    {
        _host.Clock.Shift = Day;
        (await CountAsync(list, "events")).ShouldBe(0);
    }

    [Fact]
    public async Task Nothing_else_shows_it_either()
    {
        _host.Clock.Shift = Day;
        (await CountAsync("dead-letters", "dead_letters")).ShouldBe(0);
        (await CountAsync("rejected-entries", "rejected_entries")).ShouldBe(0);
        await _host.GetAsync($"{_app}/events/old-1", HttpStatusCode.NotFound);
        var found = await _host.GetAsync("/api/v1/search?q=old");
        found["events"]!.AsArray().ShouldBeEmpty();
        (await _host.GetAsync("/api/v1/search?q=order"))["event_names"]!.AsArray().ShouldBeEmpty();
        (await _host.GetAsync("/api/v1/apps"))["apps"]![0]!["health"]!.GetValue<string>().ShouldNotBe("lagging", "what is hidden is not in flight");
    }

    [Fact]
    public async Task What_it_counted_stays()
    {
        _host.Clock.Shift = Day;
        (await _host.GetAsync($"{_app}/summary"))["totals"]!["events"]!.GetValue<long>().ShouldBe(3);
        var from = Uri.EscapeDataString(TimeProvider.System.GetUtcNow().AddHours(-3).ToString("O"));
        var to = Uri.EscapeDataString(TimeProvider.System.GetUtcNow().AddHours(3).ToString("O"));
        (await _host.GetAsync($"{_app}/throughput?from={from}&to={to}&step=1h"))["points"]!.AsArray().Sum(point => point!["emitted"]!.GetValue<long>()).ShouldBe(3);
    }

    [Fact]
    public async Task A_plan_without_end_shows_everything()
    {
        _host.Clock.Shift = TimeSpan.FromDays(400);
        var answer = await _host.GetAsync($"/api/v1/apps/{_host.Theirs.App}/events", token: _host.Theirs.Token);
        answer["events"]!.AsArray().Count.ShouldBe(1);
    }

    private async Task<int> CountAsync(string path, string field) => (await _host.GetAsync($"{_app}/{path}"))[field]!.AsArray().Count;

    public sealed class Seeded : IAsyncLifetime
    {
        public ApiHost Host { get; } = new() { Settings = { ["EventEngine:Plans:Starter:RetentionDays"] = "1" }, OursPlan = Domain.Organizations.Plan.Starter };

        public async Task InitializeAsync()
        {
            await Host.InitializeAsync();
            var now = TimeProvider.System.GetUtcNow();
            await Host.ReportAsync(
                Host.Ours,
                Entry("old-1", "emitted", now),
                Entry("old-2", "emitted", now),
                Entry("old-3", "emitted", now),
                Entry("old-3", "dead_lettered", now, "timeout"),
                new { event_id = "4", event_name = "order.placed", status = "unheard-of", timestamp = now });
            await Host.ReportAsync(Host.Theirs, Entry("1", "emitted", now));
        }

        public Task DisposeAsync() => Host.DisposeAsync();

        private static object Entry(string id, string status, DateTimeOffset at, string? error = null) =>
            new { event_id = id, event_name = "order.placed", status, timestamp = at, idempotency_key = $"key-{id}", error_message = error, error_class = error };
    }
}
