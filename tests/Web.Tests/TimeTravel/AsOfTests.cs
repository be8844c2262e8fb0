using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using EventEngine.Application.Retention;
using EventEngine.Domain.Organizations;
using EventEngine.Web.Tests.Api;

namespace EventEngine.Web.Tests.TimeTravel;

/// <summary>What is answered of a moment is what was answered at that moment.</summary>
public sealed class AsOfTests(AsOfTests.Seeded seeded) : IClassFixture<AsOfTests.Seeded>
{
    private readonly ApiHost _host = seeded.Host;
    private readonly string _app = $"/api/v1/apps/{seeded.Host.Ours.App}";

    [Fact]
    public async Task The_summary_of_then_is_what_was_answered_then()
    {
        foreach (var (at, summary, _, _) in seeded.Answers)
            Without(await _host.GetAsync($"{_app}/summary?as_of={Text(at)}")).ShouldBe(summary, Text(at));
    }

    [Fact]
    public async Task What_was_in_flight_then_nobody_can_tell_and_so_it_is_null_not_0()
    {
        var then = await _host.GetAsync($"{_app}/summary?as_of={Text(seeded.Answers[0].At)}");
        then.AsObject().ContainsKey("in_flight").ShouldBeTrue();
        then["in_flight"].ShouldBeNull();
    }

    [Fact]
    public async Task The_throughput_of_then_is_what_was_answered_then()
    {
        foreach (var (at, _, byHour, oneName) in seeded.Answers)
        {
            Without(await _host.GetAsync($"{_app}/throughput?{seeded.Range}&step=1h&as_of={Text(at)}")).ShouldBe(byHour, Text(at));
            Without(await _host.GetAsync($"{_app}/throughput?{seeded.Range}&step=1h&event_name=order.shipped&as_of={Text(at)}")).ShouldBe(oneName, Text(at));
        }
    }

    [Fact]
    public async Task Answers_differed_from_time_to_time() => (await Task.FromResult(seeded.Answers.Select(answer => answer.Summary).Distinct().Count())).ShouldBe(seeded.Answers.Count);

    [Fact]
    public async Task What_the_plan_keeps_no_longer_is_refused_in_words()
    {
        var error = await _host.GetAsync($"{_app}/summary?as_of={Text(_host.Clock.GetUtcNow().AddDays(-31))}", HttpStatusCode.BadRequest);
        error["message"]!.GetValue<string>().ShouldContain("the plan keeps entries no longer");
    }

    [Fact]
    public async Task Nobody_knows_the_future()
    {
        var error = await _host.GetAsync($"{_app}/throughput?as_of={Text(_host.Clock.GetUtcNow().AddDays(1))}", HttpStatusCode.BadRequest);
        error["message"]!.GetValue<string>().ShouldContain("future");
    }

    [Fact]
    public async Task Of_another_tenants_app_there_is_no_past_either() =>
        await _host.GetAsync($"{_app}/summary?as_of={Text(_host.Clock.GetUtcNow())}", HttpStatusCode.NotFound, _host.Theirs.Token);

    private static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);

    private static string Without(JsonNode answer)
    {
        answer.AsObject().Remove("as_of");
        answer.AsObject().Remove("in_flight"); // of now only
        return answer.ToJsonString();
    }

    /// <summary>Four days in which events are published late, repeated, corrected and rejected; each step's answers are kept.</summary>
    public sealed class Seeded : IAsyncLifetime
    {
        private int _steps;

        public ApiHost Host { get; } = new() { OursPlan = Plan.Pro };

        public List<(DateTimeOffset At, string Summary, string ByHour, string OneName)> Answers { get; } = [];

        public string Range { get; private set; } = "";

        public async Task InitializeAsync()
        {
            await Host.InitializeAsync();
            var start = TimeProvider.System.GetUtcNow();
            var hour = new DateTimeOffset(start.UtcDateTime.Date.AddHours(start.Hour), TimeSpan.Zero);
            Range = $"from={Text(hour.AddHours(-3))}&to={Text(hour.AddDays(6))}";
            await StepAsync(0, Entry("1", "emitted", start), Entry("2", "emitted", start), Entry("2", "published", start, 12));
            await StepAsync(1, Entry("1", "published", start, 40), Entry("2", "published", start, 12), Entry("3", "emitted", start, name: "order.shipped"));
            await StepAsync(23, Entry("3", "dead_lettered", start.AddHours(24), name: "order.shipped"), Entry("1", "published", start, 40));
            await StepAsync(2, new { event_id = "4", event_name = "order.placed", status = "unheard-of", timestamp = start });
            await StepAsync(47, Entry("3", "published", start.AddHours(30), 7, "order.shipped"), Entry("2", "published", start, 3), Entry("5", "emitted", start));
            await StepAsync(0, Entry("5", "published", start.AddHours(73)));
            foreach (var step in await Host.SendAsync(new PlanRetention())) await Host.SendAsync(new TakeStep(step));
            await Host.CaughtUpAsync();
        }

        public Task DisposeAsync() => Host.DisposeAsync();

        private static object Entry(string id, string status, DateTimeOffset at, double? latency = null, string name = "order.placed") =>
            new { event_id = id, event_name = name, status, timestamp = at, latency_ms = latency };

        private async Task StepAsync(int hoursLater, params object[] entries)
        {
            Host.Clock.Shift += TimeSpan.FromHours(hoursLater) + TimeSpan.FromSeconds(++_steps);
            await Host.ReportAsync(Host.Ours, entries);
            var app = $"/api/v1/apps/{Host.Ours.App}";
            Answers.Add((
                Host.Clock.GetUtcNow(),
                Without(await Host.GetAsync($"{app}/summary")),
                Without(await Host.GetAsync($"{app}/throughput?{Range}&step=1h")),
                Without(await Host.GetAsync($"{app}/throughput?{Range}&step=1h&event_name=order.shipped"))));
        }
    }
}
