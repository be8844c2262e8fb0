using System.Net;
using Dapper;
using EventEngine.Domain.Organizations;
using EventEngine.Testing;
using static EventEngine.Web.Tests.Ingestion.Bodies;

namespace EventEngine.Web.Tests.Ingestion;

public sealed class ReporterGateTests(IngestHost host) : IClassFixture<IngestHost>
{
    [Theory]
    [InlineData("", "missing_api_key")]
    [InlineData("Authorization: Basic abc\r\n", "missing_api_key")]
    [InlineData("Authorization: Bearer\r\n", "missing_api_key")]
    [InlineData("Authorization: Bearer nobody\r\n", "invalid_api_key")]
    [InlineData("X-API-Key: nobody\r\n", "invalid_api_key")]
    public async Task Without_a_valid_key_nothing_is_taken(string header, string code)
    {
        var answer = await host.ExchangeAsync(Utf8($"POST /v1/ingest/events HTTP/1.1\r\nHost: x\r\n{header}Connection: close\r\nContent-Length: 14\r\n\r\n{Of()}"));
        answer.ShouldStartWith("HTTP/1.1 401");
        answer.ShouldContain($"\"error\":\"{code}\"");
        answer.ShouldContain("WWW-Authenticate: Bearer");
    }

    [Fact]
    public async Task A_very_long_key_is_just_unknown() =>
        (await host.ExchangeAsync(Utf8($"POST /v1/ingest/events HTTP/1.1\r\nHost: x\r\nX-API-Key: {new string('k', 5_000)}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")))
        .ShouldContain("invalid_api_key");

    [Fact]
    public async Task A_key_works_as_soon_as_it_exists_and_not_a_second_after_it_was_revoked()
    {
        using var reporter = await host.ReporterAsync();
        (await reporter.PostAsync(Of())).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await using var db = await host.Database.DataSource.OpenConnectionAsync();
        await db.ExecuteAsync("update app.api_keys set revoked_at = now() where app_id = @app", new { app = reporter.App.Value });
        await Eventually.Becomes(async () => (await reporter.PostAsync(Of())).StatusCode == HttpStatusCode.Unauthorized, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task An_app_that_the_read_models_have_not_met_yet_is_asked_to_come_back()
    {
        using var reporter = await host.ReporterAsync();
        await using var db = await host.Database.DataSource.OpenConnectionAsync();
        await db.ExecuteAsync("delete from views.apps where app_id = @app", new { app = reporter.App.Value });
        var response = await reporter.PostAsync(Of());
        response.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(1));
        await response.ShouldBeProblemAsync(503, "keys_unavailable", "being set up");
    }

    [Fact]
    public async Task A_free_organization_has_a_hundred_requests_a_minute_over_all_its_keys()
    {
        using var reporter = await host.ReporterAsync(Plan.Free);
        using var sibling = await host.ReporterAsync(Plan.Free, reporter.Organization);
        for (var i = 1; i <= 100; i++)
        {
            var response = await (i % 2 == 0 ? reporter : sibling).PostAsync(Of());
            response.StatusCode.ShouldBe(HttpStatusCode.Accepted);
            response.Headers.GetValues("RateLimit-Policy").Single().ShouldBe("\"requests\";q=100;w=60");
            response.Headers.GetValues("RateLimit").Single().ShouldStartWith($"\"requests\";r={100 - i};t=");
        }

        var refused = await reporter.PostAsync(Of());
        await refused.ShouldBeProblemAsync(429, "rate_limit_exceeded", "Free plan allows 100 requests");
        (await refused.JsonAsync()).GetProperty("upgrade_url").GetString().ShouldBe($"{host.Address}dashboard/settings/billing");
        refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds.ShouldBeInRange(1, 61);
        (await sibling.PostAsync("{}", "/v1/ingest/heartbeat")).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task When_the_store_is_down_the_client_is_asked_to_come_back()
    {
        await using var other = new HostWithItsOwnStore();
        await other.Host.InitializeAsync();
        using var reporter = await other.Host.ReporterAsync();
        other.Host.Store.IsDown = true;
        var response = await reporter.PostAsync(Of(Good));
        response.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(1));
        await response.ShouldBeProblemAsync(503, "store_unavailable", "again");
        await (await reporter.PostAsync("{}", "/v1/ingest/heartbeat")).ShouldBeProblemAsync(503, "store_unavailable", "again");
        other.Host.Store.IsDown = false;
        (await reporter.PostAsync(Of(Good))).StatusCode.ShouldBe(HttpStatusCode.Accepted);
    }

    private sealed class HostWithItsOwnStore : IAsyncDisposable
    {
        public IngestHost Host { get; } = new();

        public async ValueTask DisposeAsync() => await Host.DisposeAsync();
    }
}
