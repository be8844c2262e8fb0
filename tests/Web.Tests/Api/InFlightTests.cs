using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using EventEngine.Application.Apps;
using EventEngine.Application.Entries;
using EventEngine.Domain.Organizations;

namespace EventEngine.Web.Tests.Api;

/// <summary>What was emitted and neither published nor dead-lettered: from which moment on, in which order, and after whose limit.</summary>
public sealed class InFlightTests : IAsyncLifetime
{
    private readonly ApiHost _host = new();

    private string App => $"/api/v1/apps/{_host.Ours.App}";

    public Task InitializeAsync() => _host.InitializeAsync();

    public Task DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task An_event_is_overdue_after_the_apps_limit_until_it_is_published_or_dead()
    {
        var start = DateTimeOffset.UtcNow;
        await _host.ReportAsync(_host.Ours, Event("old", "emitted", start.AddMinutes(-7)), Event("young", "emitted", start.AddMinutes(-2)),
            Event("done", "published", start.AddMinutes(-9)), Event("dead", "dead_lettered", start.AddMinutes(-9)));
        await _host.ReportAsync(_host.Theirs, Event("theirs", "emitted", start.AddMinutes(-30)));

        (await IdsAsync()).ShouldBe("old");
        _host.Clock.Shift = TimeSpan.FromMinutes(2.5);
        (await IdsAsync()).ShouldBe("old", "half a minute is left to the young one");
        _host.Clock.Shift = TimeSpan.FromMinutes(3.1);
        (await IdsAsync()).ShouldBe("old young", "oldest first");
        var summary = (await _host.GetAsync($"{App}/summary"))["in_flight"]!;
        summary["count"]!.GetValue<int>().ShouldBe(2);
        summary["is_exact"]!.GetValue<bool>().ShouldBeTrue();
        summary["older_than_minutes"]!.GetValue<int>().ShouldBe(5);
        summary["oldest_at"]!.GetValue<DateTimeOffset>().ShouldBe(start.AddMinutes(-7), TimeSpan.FromMilliseconds(1));

        await _host.ReportAsync(_host.Ours, Event("old", "published", start), Event("young", "dead_lettered", start));
        (await IdsAsync()).ShouldBe("");
        (await _host.GetAsync($"{App}/summary"))["in_flight"]!["oldest_at"].ShouldBeNull();
    }

    [Fact]
    public async Task Each_app_has_its_own_limit_which_its_health_follows()
    {
        var start = DateTimeOffset.UtcNow;
        await _host.ReportAsync(_host.Ours, Event("slow", "emitted", start.AddMinutes(-20)), Event("well", "published", start));
        (await HealthAsync()).ShouldBe("lagging");

        await SetLimitAsync(30);
        (await IdsAsync()).ShouldBe("");
        (await HealthAsync()).ShouldBe("healthy");
        await SetLimitAsync(19);
        (await IdsAsync()).ShouldBe("slow");
        (await _host.GetAsync($"{App}/in-flight"))["in_flight"]!["older_than_minutes"]!.GetValue<int>().ShouldBe(19);
        (await HealthAsync()).ShouldBe("lagging");
    }

    [Fact]
    public async Task The_limit_is_set_by_who_may_and_only_within_a_day()
    {
        await _host.IssueTokenAsync(_host.Ours, "manager", "manager-secret", null, Permission.Read, Permission.ManageApps);
        (await PatchAsync("manager-secret", 0)).ShouldBe(HttpStatusCode.BadRequest);
        (await PatchAsync("manager-secret", 1441)).ShouldBe(HttpStatusCode.BadRequest);
        (await PatchAsync(_host.Ours.Token, 7)).ShouldBe(HttpStatusCode.Forbidden);
        (await PatchAsync("manager-secret", 1440)).ShouldBe(HttpStatusCode.NoContent);
        await _host.CaughtUpAsync();
        (await _host.SendAsync(new CountInFlight(_host.Ours.Organization, _host.Ours.App))).Value.OlderThanMinutes.ShouldBe(1440);
    }

    [Fact]
    public async Task A_long_list_goes_on_page_by_page_and_back()
    {
        var start = DateTimeOffset.UtcNow.AddHours(-1);
        await _host.ReportAsync(_host.Ours, [.. Enumerable.Range(0, 7).Select(i => Event($"f-{i}", "emitted", start.AddSeconds(i)))]);
        var first = await _host.GetAsync($"{App}/in-flight?limit=4");
        IdsOf(first).ShouldBe("f-0 f-1 f-2 f-3");
        first["in_flight"]!["count"]!.GetValue<int>().ShouldBe(7);
        var second = await _host.GetAsync($"{App}/in-flight?limit=4&cursor={first["next_cursor"]}");
        IdsOf(second).ShouldBe("f-4 f-5 f-6");
        IdsOf(await _host.GetAsync($"{App}/in-flight?limit=4&cursor={second["previous_cursor"]}")).ShouldBe("f-0 f-1 f-2 f-3");
    }

    private static object Event(string id, string status, DateTimeOffset at) => new
    {
        event_id = id,
        event_name = "flown",
        status,
        timestamp = at.ToString("O", CultureInfo.InvariantCulture),
    };

    private static string IdsOf(JsonNode answer) => string.Join(' ', answer["events"]!.AsArray().Select(row => row!["event_id"]!.GetValue<string>()));

    private async Task<string> IdsAsync() => IdsOf(await _host.GetAsync($"{App}/in-flight"));

    private async Task<string> HealthAsync() =>
        (await _host.GetAsync("/api/v1/apps"))["apps"]!.AsArray().Single(app => app!["id"]!.GetValue<string>() == _host.Ours.App.ToString())!["health"]!.GetValue<string>();

    private async Task SetLimitAsync(int minutes)
    {
        await _host.SendAsync(new SetInFlightLimit(Actor.Operator(_host.Ours.Organization), _host.Ours.App, minutes));
        await _host.CaughtUpAsync();
    }

    private async Task<HttpStatusCode> PatchAsync(string token, int minutes)
    {
        using var client = _host.Client(token);
        using var answer = await client.PatchAsJsonAsync(App, new { in_flight_minutes = minutes });
        return answer.StatusCode;
    }
}
