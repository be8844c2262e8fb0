using System.Net;
using System.Text;
using EventEngine.Application.Ingestion;
using EventEngine.Domain.Ingestion;
using static EventEngine.Web.Tests.Ingestion.Bodies;

namespace EventEngine.Web.Tests.Ingestion;

public sealed class PostEventsTests(IngestHost host) : IClassFixture<IngestHost>
{
    [Fact]
    public async Task Good_entries_of_a_mixed_batch_are_kept_and_the_answer_names_the_others()
    {
        using var reporter = await host.ReporterAsync();
        var response = await reporter.PostAsync(Of(Good, With("\"status\":\"exploded\""), With("\"timestamp\":\"0001-01-01T00:00:00Z\""), Good, "null"));

        response.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await response.Content.ReadAsStringAsync()).ShouldBe(
            """{"received":5,"rejected":[{"index":1,"error":"status must be emitted, published or dead_lettered"},"""
            + """{"index":2,"error":"timestamp is before the year 2000"},{"index":4,"error":"an entry must be an object"}]}""");
        var facts = host.Store.Facts($"entries-{reporter.App}");
        facts.Select(fact => fact.GetType().Name).ShouldBe(
            ["BatchReceived", "EntryReported", "EntryRejected", "EntryRejected", "EntryReported", "EntryRejected"]);
        facts.OfType<EntryRejected>().First().EventId.ShouldBe("1");
    }

    [Fact]
    public async Task An_empty_batch_is_received_and_nothing_is_appended()
    {
        using var reporter = await host.ReporterAsync();
        (await (await reporter.PostAsync(Of())).Content.ReadAsStringAsync()).ShouldBe("""{"received":0}""");
        host.Store.Stream($"entries-{reporter.App}").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/v1/ingest//events")]
    [InlineData("//v1/ingest/events")]
    [InlineData("/v1/ingest/events?x=1")]
    public async Task The_path_may_have_a_second_slash_or_a_query(string path)
    {
        using var reporter = await host.ReporterAsync();
        var request = $"POST {path} HTTP/1.1\r\nHost: x\r\nX-API-Key: {reporter.Key}\r\nConnection: close\r\nContent-Length: {Of(Good).Length}\r\n\r\n{Of(Good)}";
        (await host.ExchangeAsync(Utf8(request))).ShouldContain("202 Accepted");
    }

    [Fact]
    public async Task A_connection_may_be_kept_and_a_body_may_come_in_chunks()
    {
        using var reporter = await host.ReporterAsync();
        var head = $"POST /v1/ingest/events HTTP/1.1\r\nHost: x\r\nAuthorization: bearer {reporter.Key}\r\n";
        var first = $"{head}Transfer-Encoding: chunked\r\n\r\n5\r\n{Of(Good)[..5]}\r\n{Of(Good).Length - 5:x}\r\n{Of(Good)[5..]}\r\n0\r\n\r\n";
        var second = $"{head}Connection: close\r\nContent-Length: 14\r\n\r\n{Of()}";
        var answers = await host.ExchangeAsync(Utf8(first + second));
        answers.ShouldContain("""{"received":1}""");
        answers.ShouldContain("""{"received":0}""");
    }

    [Fact]
    public async Task Gzip_is_accepted()
    {
        using var reporter = await host.ReporterAsync();
        var response = await reporter.PostAsync(Gzip(Recording("events_batch50.json")), encoding: "gzip");
        (await response.Content.ReadAsStringAsync()).ShouldBe("""{"received":50}""");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("Application/JSON;charset=\"UTF-8\"")]
    public async Task Json_may_say_so_in_several_ways(string? type)
    {
        using var reporter = await host.ReporterAsync();
        (await reporter.PostAsync(Utf8(Of(Good)), type: type)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task A_batch_beyond_the_stores_limit_is_split_and_each_part_balances()
    {
        using var reporter = await host.ReporterAsync();
        host.Store.Appends.Clear();
        var entries = Enumerable.Range(0, 1000).Select(i => With($"\"event_id\":{i},\"aggregate_id\":\"{new string('x', 490)}\",\"idempotency_key\":\"{new string('y', 300)}\""));
        var response = await reporter.PostAsync(Of([.. entries]));

        (await response.Content.ReadAsStringAsync()).ShouldBe("""{"received":1000}""");
        host.Store.Appends.Count.ShouldBe(2);
        host.Store.Appends.ShouldAllBe(append => append.Bytes <= BatchAppends.MaxBytes);
        var facts = host.Store.Facts($"entries-{reporter.App}");
        facts.OfType<BatchReceived>().Sum(batch => batch.Count).ShouldBe(1000);
        facts.OfType<EntryReported>().Select(entry => entry.EventId).ShouldBe(Enumerable.Range(0, 1000).Select(i => i.ToString()));
        var second = facts.Skip(1).ToList().FindIndex(fact => fact is BatchReceived);
        facts.OfType<BatchReceived>().First().Count.ShouldBe(second);
        host.Store.Stream($"entries-{reporter.App}").Select(e => e.Id).Distinct().Count().ShouldBe(1002);
    }

    [Fact]
    public async Task Facts_carry_the_correlation_id_and_the_reporters_version()
    {
        using var reporter = await host.ReporterAsync();
        var request = $"POST /v1/ingest/events HTTP/1.1\r\nHost: x\r\nX-API-Key: {reporter.Key}\r\nX-Eventengine-Gem-Version: 1.2\t\u0007{new string('9', 60)}\r\n"
            + $"Connection: close\r\nContent-Length: {Of(Good).Length}\r\n\r\n{Of(Good)}";
        var answer = await host.ExchangeAsync(Utf8(request.Replace("\u0007", "")));
        answer.ShouldContain("202");
        var metadata = Encoding.UTF8.GetString(host.Store.Stream($"entries-{reporter.App}")[1].Metadata.Span);
        metadata.ShouldContain("\"correlation_id\":\"");
        host.Store.Facts($"entries-{reporter.App}").OfType<BatchReceived>().Single().ReporterVersion!.Length.ShouldBe(50);
    }
}
