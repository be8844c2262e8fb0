using System.Net;
using EventEngine.Domain.Heartbeats;
using EventEngine.Domain.Schemas;
using static EventEngine.Web.Tests.Ingestion.Bodies;

namespace EventEngine.Web.Tests.Ingestion;

public sealed class HeartbeatTests(IngestHost host) : IClassFixture<IngestHost>
{
    private const string Path = "/v1/ingest/heartbeat";

    [Fact]
    public async Task A_heartbeat_is_kept_in_a_stream_that_stays_short()
    {
        using var reporter = await host.ReporterAsync();
        var response = await reporter.PostAsync("""{"app_name":"MyApp","environment":"production","gem_version":"0.1.0","ruby_version":"3.2.0","uptime_seconds":7200.9}""", Path);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await response.Content.ReadAsStringAsync()).ShouldBe("{}");
        host.Store.Facts($"heartbeats-{reporter.App}").ShouldBe([new HeartbeatReceived(IngestHost.Now, "MyApp", "production", "0.1.0", "3.2.0", null, 7200)]);
        (await host.Store.ReadMetadataAsync($"heartbeats-{reporter.App}")).MaxCount.ShouldBe(1_000);
    }

    [Fact]
    public async Task Only_new_fingerprints_are_noted()
    {
        using var reporter = await host.ReporterAsync();
        string[] bodies =
        [
            """{"schema_fingerprints":{"a":"1","b":"1"}}""", """{"schema_fingerprints":{"a":"1","b":"2"}}""", """{"schema_fingerprints":{"a":"1","b":"1"}}""",
        ];
        foreach (var body in bodies) await reporter.PostAsync(body, Path);
        host.Store.Facts($"schemas-{reporter.App}").OfType<SchemaFingerprintSeen>().Select(seen => seen.EventName + seen.Fingerprint).ShouldBe(["a1", "b1", "b2"]);
    }

    [Fact]
    public async Task Heartbeats_that_race_note_each_fingerprint_once()
    {
        using var reporter = await host.ReporterAsync();
        var bodies = Enumerable.Range(0, 20).Select(i => $$$"""{"schema_fingerprints":{"a":"{{{i % 4}}}","b":"{{{i % 3}}}"}}""");
        var answers = await Task.WhenAll(bodies.Select(body => reporter.PostAsync(body, Path)));
        answers.ShouldAllBe(answer => answer.StatusCode == HttpStatusCode.OK);
        host.Store.Facts($"schemas-{reporter.App}").Count.ShouldBe(7);
    }

    [Fact]
    public async Task What_is_not_as_it_should_be_is_left_out()
    {
        using var reporter = await host.ReporterAsync();
        var fingerprints = $$"""{"":"x","ok":"1","number":5,"long":"{{new string('f', 129)}}","nul\u0000":"1","half\ud800":"1","value":"\udc00","{{new string('n', 201)}}":"1"}""";
        var body = $$"""{"type":"heartbeat","app_name":"{{new string('é', 300)}}","environment":5,"ruby_version":"\ud800","uptime_seconds":-1,"schema_fingerprints":{{fingerprints}}}""";
        (await reporter.PostAsync(body, Path)).StatusCode.ShouldBe(HttpStatusCode.OK);
        host.Store.Facts($"heartbeats-{reporter.App}").ShouldBe([new HeartbeatReceived(IngestHost.Now, new string('é', 200), null, null, null, null, null)]);
        host.Store.Facts($"schemas-{reporter.App}").ShouldBe([new SchemaFingerprintSeen(IngestHost.Now, "ok", "1")]);
    }

    [Fact]
    public async Task Thousands_of_fingerprints_are_noted_in_appends_that_the_store_can_take()
    {
        using var reporter = await host.ReporterAsync();
        var many = string.Join(',', Enumerable.Range(0, 2_500).Select(i => $"\"event_{i}\":\"{new string('f', 64)}\""));
        await reporter.PostAsync("{\"schema_fingerprints\":{" + many + "}}", Path);
        host.Store.Facts($"schemas-{reporter.App}").Count.ShouldBe(2_000);
    }

    [Fact]
    public async Task Definitions_are_kept_when_they_are_new_and_refused_ones_don_t_cost_the_rest()
    {
        using var reporter = await host.ReporterAsync();
        const string Good = """{"event_name":"cow_fed","event_version":1,"event_type":"domain","required_inputs":["cow"],"payload_fields":[{"name":"weight","from":"cow","attr":"weight","required":true}],"fingerprint":"f00"}""";
        var body = $$"""{"app_name":"MyApp","schema_fingerprints":{"cow_fed":"f00"},"schema_definitions":[{{Good}},{"event_name":"broken"}]}""";
        var answer = await reporter.PostAsync(body, Path);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync()).ShouldBe("""{"rejected_definitions":[{"index":1,"error":"event_version must be a whole number from 1 on"}]}""");
        await reporter.PostAsync(body, Path);
        host.Store.Facts($"heartbeats-{reporter.App}").Count.ShouldBe(2);
        host.Store.Facts($"schemas-{reporter.App}").OfType<SchemaFingerprintSeen>().ShouldHaveSingleItem();
        var kept = host.Store.Facts($"schemas-{reporter.App}").OfType<SchemaDefinitionReported>().ShouldHaveSingleItem();
        kept.ShouldBe(new SchemaDefinitionReported(
            IngestHost.Now, new SchemaDefinition("cow_fed", 1, "domain", null, null, null, ["cow"], [], [new PayloadField("weight", "cow", "weight", true)]), "f00", DefinitionSource.Heartbeat));
    }

    [Fact]
    public async Task What_is_no_list_of_definitions_is_said_and_the_heartbeat_counts()
    {
        using var reporter = await host.ReporterAsync();
        var answer = await reporter.PostAsync("""{"schema_definitions":"all of them"}""", Path);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("Definitions must be a JSON array");
        host.Store.Facts($"heartbeats-{reporter.App}").ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"app_name\":")]
    [InlineData("\"heartbeat\"")]
    public async Task A_body_that_is_no_object_is_refused(string body)
    {
        using var reporter = await host.ReporterAsync();
        (await reporter.PostAsync(body, Path)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await reporter.PostAsync([0x7B, 0x22, 0xFF, 0x22, 0x3A, 0x31, 0x7D], path: Path)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }
}
