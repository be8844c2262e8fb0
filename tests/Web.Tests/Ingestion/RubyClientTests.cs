using System.Text;
using EventEngine.Domain.Ingestion;
using EventEngine.Domain.Schemas;
using EventEngine.Testing;

namespace EventEngine.Web.Tests.Ingestion;

/// <summary>Requests of the real Ruby client, byte for byte as they were recorded; only the key is the test's own.</summary>
public sealed class RubyClientTests(IngestHost host) : IClassFixture<IngestHost>
{
    private const string RecordedKey = "ee_test_harness";

    [Fact]
    public async Task A_recorded_batch_is_taken_on_a_connection_that_closes()
    {
        using var reporter = await host.ReporterAsync();
        var answer = await host.ExchangeAsync(WithKey("events_batch50.http", reporter.Key));

        answer.ShouldStartWith("HTTP/1.1 202 Accepted\r\n");
        answer.ShouldContain("\r\nConnection: close\r\n");
        answer.ShouldEndWith("\r\n\r\n{\"received\":50}");
        var facts = host.Store.Facts($"entries-{reporter.App}_20261120");
        facts[0].ShouldBe(new BatchReceived(IngestHost.Now, 50, "0.1.0"));
        facts.Skip(1).ShouldAllBe(fact => fact is EntryReported);
        facts.Count.ShouldBe(51);
    }

    [Fact]
    public async Task A_recorded_heartbeat_is_taken_on_a_connection_that_closes()
    {
        using var reporter = await host.ReporterAsync();
        var answer = await host.ExchangeAsync(WithKey("heartbeat.http", reporter.Key));

        answer.ShouldStartWith("HTTP/1.1 200 OK\r\n");
        answer.ShouldEndWith("\r\n\r\n{}");
        host.Store.Facts($"schemas-{reporter.App}").OfType<SchemaFingerprintSeen>().Count().ShouldBe(10);
    }

    [Fact]
    public async Task What_is_stored_of_the_recordings_does_not_change()
    {
        using var reporter = await host.ReporterAsync();
        await reporter.PostAsync(Bodies.Recording("events_real_pipeline.json"));
        await reporter.PostAsync(Bodies.Recording("heartbeat.json"), path: "/v1/ingest/heartbeat");

        var stored = host.Store.Stream("entries-" + reporter.App)
            .Concat(host.Store.Stream("heartbeats-" + reporter.App))
            .Concat(host.Store.Stream("schemas-" + reporter.App));
        Snapshot.Matches(string.Join('\n', stored.Select(e => $"{e.Stream.Replace(reporter.App.ToString(), "APP")} {e.Type} {Encoding.UTF8.GetString(e.Data.Span)}")));
    }

    private static byte[] WithKey(string recording, string key) =>
        Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(Bodies.Recording(recording)).Replace(RecordedKey, key));
}
