using System.Net;

namespace EventEngine.Web.Tests.Api;

/// <summary>What is wrong with a request is said in its answer, in one form, naming the parameter.</summary>
public sealed class ParameterTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Theory]
    [InlineData("throughput?step=2m", "step")]
    [InlineData("throughput?from=yesterday", "from")]
    [InlineData("throughput?to=9999-12-31T23:59:59Z", "to")]
    [InlineData("throughput?from=0001-01-01T00:00:00Z", "from")]
    [InlineData("throughput?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z", "from")]
    [InlineData("throughput?from=2026-01-01T00:00:00Z&to=2026-01-01T00:00:00Z", "from")]
    [InlineData("throughput?from=2020-01-01T00:00:00Z&to=2026-01-01T00:00:00Z", "from")]
    [InlineData("throughput?from=2026-01-01T00:00:00Z&to=2026-02-01T00:00:00Z&step=1m", "step")]
    [InlineData("throughput?from=2001-01-01T00:00:00Z&step=1m", "step")]
    [InlineData("latency?step=x", "step")]
    [InlineData("latency?event_name=%00", "event_name")]
    [InlineData("events?limit=0", "limit")]
    [InlineData("events?limit=501", "limit")]
    [InlineData("events?limit=many", "limit")]
    [InlineData("events?version=one", "version")]
    [InlineData("events?status=lost", "status")]
    [InlineData("events?status=0", "status")]
    [InlineData("events?sort=color", "sort")]
    [InlineData("events?sort=--at", "sort")]
    [InlineData("events?cursor=abc", "cursor")]
    [InlineData("events?cursor=WyItYXQiLCJ4IiwieSIsInoiXQ", "cursor")]
    [InlineData("events?q=%00", "q")]
    [InlineData("events?min_position=later", "min_position")]
    [InlineData("dead-letters?attempts=x", "attempts")]
    [InlineData("dead-letters?cursor=_", "cursor")]
    [InlineData("dead-letters?group=7", "group")]
    [InlineData("dead-letters?attempts=3&attempts_max=2", "attempts_max")]
    [InlineData("dead-letters?sort=color", "sort")]
    [InlineData("rejected-entries?cursor=_", "cursor")]
    [InlineData("event-types?from=x", "from")]
    [InlineData("ledger?to=x", "to")]
    public async Task A_bad_parameter_is_named(string query, string parameter)
    {
        var answer = await host.GetAsync($"/api/v1/apps/{host.Ours.App}/{query}", HttpStatusCode.BadRequest);
        answer["error"]!.GetValue<string>().ShouldBe("invalid_parameter");
        answer["message"]!.GetValue<string>().ShouldStartWith(parameter);
    }

    [Theory]
    [InlineData("/api/v1/search", "q")]
    [InlineData("/api/v1/search?q=", "q")]
    public async Task A_missing_parameter_is_named(string path, string parameter) =>
        (await host.GetAsync(path, HttpStatusCode.BadRequest))["message"]!.GetValue<string>().ShouldContain(parameter);

    [Theory]
    [InlineData("/api/v1/nothing")]
    [InlineData("/api/nothing")]
    [InlineData("/v1/nothing")]
    [InlineData("/api/v1/schemas/no.such.event")]
    public async Task What_is_not_there_is_404_in_json(string path) =>
        (await host.GetAsync(path, HttpStatusCode.NotFound))["error"]!.GetValue<string>().ShouldBe("not_found");

    [Theory]
    [InlineData("nope")]
    [InlineData("a%2Fb")]
    [InlineData("%ED%A0%80")]
    public async Task An_event_that_is_not_there_is_404(string id) =>
        (await host.GetAsync($"/api/v1/apps/{host.Ours.App}/events/{id}", HttpStatusCode.NotFound))["message"]!.GetValue<string>().ShouldContain("event");

    [Fact]
    public async Task A_wrong_method_is_405_in_json()
    {
        using var client = host.Client(host.Ours.Token);
        using var response = await client.PutAsync("/api/v1/apps", null);
        response.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
        (await response.Content.ReadAsStringAsync()).ShouldContain("\"error\":\"method_not_allowed\"");
    }

    [Fact]
    public async Task Offsets_are_honoured()
    {
        var answer = await host.GetAsync($"/api/v1/apps/{host.Ours.App}/throughput?from=2026-03-01T12:00:00%2B02:00&to=2026-03-01T12:30:00%2B02:00");
        answer["from"]!.GetValue<string>().ShouldBe("2026-03-01T10:00:00.000Z");
        answer["points"]!.AsArray().Count.ShouldBe(30);
    }

    [Fact]
    public async Task Ids_with_slashes_and_numbers_are_found()
    {
        var now = DateTimeOffset.UtcNow;
        await host.ReportAsync(
            host.Ours,
            new { event_id = "a/b c%", event_name = "x", status = "emitted", timestamp = now },
            new { event_id = 4711, event_name = "x", status = "emitted", timestamp = now });
        (await host.GetAsync($"/api/v1/apps/{host.Ours.App}/events/a%2Fb%20c%25"))["event_id"]!.GetValue<string>().ShouldBe("a/b c%");
        (await host.GetAsync($"/api/v1/apps/{host.Ours.App}/events/4711"))["event_id"]!.GetValue<string>().ShouldBe("4711");
    }
}
