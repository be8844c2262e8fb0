using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using EventEngine.Testing;

namespace EventEngine.Web.Tests.Api;

/// <summary>Every answer of the query API, from what an app reported: the form that clients build on.</summary>
public sealed class AnswerTests(AnswerTests.Seeded seeded) : IClassFixture<AnswerTests.Seeded>
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 10, 0, 0, TimeSpan.Zero);
    private static readonly string[] ChangesFromRunToRun =
        ["reported_at", "received_at", "last_seen_at", "last_heartbeat_at", "first_seen_at", "last_changed_at", "updated_at", "event_at", "position", "head", "rate", "lag_seconds"];

    private readonly ApiHost _host = seeded.Host;
    private readonly string _app = $"/api/v1/apps/{seeded.Host.Ours.App}";

    [Fact]
    public Task Apps() => Verify("/api/v1/apps");

    [Fact]
    public Task Summary() => Verify($"{_app}/summary");

    [Fact]
    public Task Throughput() => Verify($"{_app}/throughput?from=2026-03-01T10:00:00Z&to=2026-03-01T10:05:00Z");

    [Fact]
    public Task Throughput_by_the_hour_of_one_event_name() =>
        Verify($"{_app}/throughput?from=2026-03-01T09:00:00Z&to=2026-03-01T12:00:00Z&step=1h&event_name=order.placed");

    [Fact]
    public Task Latency() => Verify($"{_app}/latency?from=2026-03-01T10:00:00Z&to=2026-03-01T10:05:00Z");

    [Fact]
    public Task Events() => Verify($"{_app}/events?limit=3");

    [Fact]
    public Task Events_that_died() => Verify($"{_app}/events?status=dead_lettered&q=timeout");

    [Fact]
    public Task One_event() => Verify($"{_app}/events/3");

    [Fact]
    public Task Dead_letters() => Verify($"{_app}/dead-letters");

    [Fact]
    public Task Dead_letter_groups() => Verify($"{_app}/dead-letters/groups");

    [Fact]
    public Task Rejected_entries() => Verify($"{_app}/rejected-entries");

    [Fact]
    public Task Event_types() => Verify($"{_app}/event-types?from=2026-03-01T10:00:00Z&to=2026-03-01T11:00:00Z");

    [Fact]
    public Task Schemas() => Verify("/api/v1/schemas");

    [Fact]
    public Task One_schema() => Verify("/api/v1/schemas/order.placed");

    [Fact]
    public Task Search() => Verify("/api/v1/search?q=order");

    [Fact]
    public async Task The_ledger_has_nothing_unexplained()
    {
        var answer = await _host.GetAsync($"{_app}/ledger");
        answer["total"]!["received"]!.GetValue<long>().ShouldBe(Seeded.Entries.Length + 2);
        answer["total"]!["unexplained"]!.GetValue<long>().ShouldBe(0);
        answer["hours"]!.AsArray().Sum(hour => hour!["ledger"]!["received"]!.GetValue<long>()).ShouldBe(Seeded.Entries.Length + 2);
    }

    [Fact]
    public async Task The_pipeline_has_caught_up()
    {
        var answer = await _host.GetAsync("/api/v1/pipeline");
        var projections = answer["projections"]!.AsArray();
        projections.Select(row => row!["name"]!.GetValue<string>()).ShouldBe(["apps", "dead_letters", "deploys", "entries", "heartbeats", "organizations", "retries", "schemas"]);
        foreach (var row in projections)
        {
            row!["state"]!.GetValue<string>().ShouldBe("running");
            row["lag_events"]!.GetValue<long>().ShouldBe(0);
            row["lag_seconds"]!.GetValue<double>().ShouldBe(0);
            row["position"]!.GetValue<string>().ShouldBe(row["head"]!.GetValue<string>());
        }
    }

    [Fact]
    public async Task Every_answer_says_how_fresh_it_is()
    {
        string[] paths =
        [
            "/api/v1/apps", $"{_app}/summary", $"{_app}/throughput", $"{_app}/latency", $"{_app}/events", $"{_app}/events/1", $"{_app}/dead-letters", $"{_app}/dead-letters/groups",
            $"{_app}/rejected-entries", $"{_app}/event-types", $"{_app}/ledger", "/api/v1/schemas", "/api/v1/schemas/order.placed", "/api/v1/pipeline",
            "/api/v1/search?q=x",
        ];
        foreach (var path in paths)
        {
            var asOf = (await _host.GetAsync(path))["as_of"]!;
            asOf["position"]!.GetValue<string>().ShouldNotBeEmpty(path);
            asOf["lag_ms"]!.GetValue<long>().ShouldBe(0, path);
            DateTimeOffset.Parse(asOf["at"]!.GetValue<string>(), CultureInfo.InvariantCulture).ShouldBeGreaterThan(Start, path);
        }
    }

    private async Task Verify(string path, [System.Runtime.CompilerServices.CallerMemberName] string test = "")
    {
        var answer = await _host.GetAsync(path);
        Scrub(answer);
        Snapshot.Matches(answer.ToJsonString(new JsonSerializerOptions { WriteIndented = true }), test: test);
    }

    private static void Scrub(JsonNode node)
    {
        if (node is JsonArray array)
            foreach (var item in array.OfType<JsonNode>()) Scrub(item);
        if (node is not JsonObject fields) return;
        foreach (var (name, value) in fields.ToList())
        {
            if (name == "as_of") fields[name] = "(fresh)";
            else if (name == "at" && fields["kind"]?.GetValue<string>() == "fingerprint_seen") fields[name] = "(varies)";
            else if (value is not null && ChangesFromRunToRun.Contains(name)) fields[name] = "(varies)";
            else if (value is not null) Scrub(value);
        }
    }

    /// <summary>A small history with one of everything.</summary>
    public sealed class Seeded : IAsyncLifetime
    {
        public static readonly object[] Entries =
        [
            Entry("1", "order.placed", "emitted", 0), Entry("1", "order.placed", "published", 0, latency: 12.5),
            Entry("2", "order.placed", "published", 1, latency: 20), Entry("3", "order.placed", "emitted", 1),
            Entry("3", "order.placed", "dead_lettered", 2, attempts: 5, error: "Net::ReadTimeout: timeout after 5 s"),
            Entry("4", "user.signed_up", "emitted", 3), Entry("5", "user.signed_up", "published", 4, latency: 100),
        ];

        public ApiHost Host { get; } = new();

        public async Task InitializeAsync()
        {
            await Host.InitializeAsync();
            await Host.ReportAsync(Host.Ours, [.. Entries, Entries[0], new { event_id = "6", event_name = "order.placed", status = "unheard-of", timestamp = Start }]);
            await Host.ReportAsync(Host.Theirs, Entry("1", "their.secret", "emitted", 0));
            await Host.HeartbeatAsync(Host.Ours, new { app_name = "Shop", environment = "production", gem_version = "0.1.0", schema_fingerprints = new Dictionary<string, string> { ["order.placed"] = "abc123" } });
        }

        public Task DisposeAsync() => Host.DisposeAsync();

        private static object Entry(string id, string name, string status, int minute, double? latency = null, int? attempts = null, string? error = null) => new
        {
            event_id = id,
            event_name = name,
            event_version = 2,
            status,
            timestamp = Start.AddMinutes(minute),
            latency_ms = latency,
            attempts,
            error_class = error?.Split(": ")[0],
            error_message = error,
            idempotency_key = $"key-{id}",
        };
    }
}
