using System.Net;
using EventEngine.Domain.Ingestion;
using static EventEngine.Web.Tests.Ingestion.Bodies;

namespace EventEngine.Web.Tests.Ingestion;

/// <summary>Whatever comes, the answer is a clear 4xx or a rejection of single entries.</summary>
public sealed class BadInputTests(IngestHost host) : IClassFixture<IngestHost>
{
    [Theory]
    [InlineData("", "not valid JSON")]
    [InlineData("{\"entries\":[", "not valid JSON")]
    [InlineData("nonsense", "not valid JSON")]
    [InlineData("[]", "The body must be")]
    [InlineData("{}", "entries is missing")]
    [InlineData("{\"entries\":7}", "entries must be an array")]
    public async Task A_body_that_is_no_batch(string body, string message)
    {
        using var reporter = await host.ReporterAsync();
        await (await reporter.PostAsync(body)).ShouldBeProblemAsync(400, "invalid_body", message);
        host.Store.Stream($"entries-{reporter.App}").ShouldBeEmpty();
    }

    [Fact]
    public async Task Broken_gzip()
    {
        using var reporter = await host.ReporterAsync();
        var zipped = Gzip(Recording("events_batch50.json"));
        foreach (var length in new[] { 5, 100, zipped.Length / 2, zipped.Length - 9, zipped.Length - 1 })
            (await reporter.PostAsync(zipped[..length], encoding: "gzip")).StatusCode.ShouldBe(HttpStatusCode.BadRequest, $"{length} of {zipped.Length} bytes");
        await (await reporter.PostAsync(Utf8(Of(Good)), encoding: "gzip")).ShouldBeProblemAsync(400, "invalid_gzip", "not valid gzip");
    }

    [Fact]
    public async Task A_gzip_bomb()
    {
        using var reporter = await host.ReporterAsync();
        var bomb = Gzip(new byte[500 << 20]);
        var allocatedBefore = GC.GetTotalAllocatedBytes();
        await (await reporter.PostAsync(bomb[..Math.Min(bomb.Length, 1 << 20)], encoding: "gzip")).ShouldBeProblemAsync(413, "body_too_large", "1 MiB");
        (GC.GetTotalAllocatedBytes() - allocatedBefore).ShouldBeLessThan(32 << 20);
    }

    [Theory]
    [InlineData("keep-alive")]
    [InlineData("close")]
    public async Task Two_mebibytes(string connection)
    {
        using var reporter = await host.ReporterAsync();
        var head = $"POST /v1/ingest/events HTTP/1.1\r\nHost: x\r\nX-API-Key: {reporter.Key}\r\nConnection: {connection}\r\n";
        var tail = connection == "close" ? "" : $"GET /nothing HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
        var answer = await host.ExchangeAsync([.. Utf8($"{head}Content-Length: {2 << 20}\r\n\r\n"), .. new byte[2 << 20], .. Utf8(tail)]);
        answer.ShouldStartWith("HTTP/1.1 413");
        answer.ShouldContain("1 MiB");
    }

    [Fact]
    public async Task Two_mebibytes_in_chunks()
    {
        using var reporter = await host.ReporterAsync();
        var head = $"POST /v1/ingest/events HTTP/1.1\r\nHost: x\r\nX-API-Key: {reporter.Key}\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n";
        var answer = await host.ExchangeAsync([.. Utf8($"{head}{2 << 20:x}\r\n"), .. new byte[2 << 20], .. Utf8("\r\n0\r\n\r\n")]);
        answer.ShouldStartWith("HTTP/1.1 413");
    }

    [Fact]
    public async Task Five_thousand_entries()
    {
        using var reporter = await host.ReporterAsync();
        await (await reporter.PostAsync(Of([.. Enumerable.Repeat(Good, 5_000)]))).ShouldBeProblemAsync(413, "too_many_entries", "1,000 entries");
    }

    [Fact]
    public async Task Entries_of_every_bad_kind_beside_a_good_one()
    {
        using var reporter = await host.ReporterAsync();
        string[] bad =
        [
            "7", "\"x\"", "[]", "{}", With("\"event_id\":null,\"event_name\":null,\"status\":null,\"timestamp\":null"),
            With("\"event_id\":{}"), With("\"event_name\":[]"), With("\"status\":\"unknown\""), With("\"timestamp\":\"9999-12-31T23:59:59Z\""),
            With("\"timestamp\":5"), With($"\"payload\":{new string('[', 20_000)}{new string(']', 20_000)}"), With("\"attempts\":\"3\""),
        ];
        byte[] invalidUtf8 = [.. Utf8(Good[..^1] + ",\"error_message\":\""), 0xFF, .. "\"}"u8];
        byte[] body = [.. Utf8("{\"entries\":[" + string.Join(',', bad) + ","), .. invalidUtf8, .. Utf8($",{Good}]}}")];
        var answer = await (await reporter.PostAsync(body)).JsonAsync();

        answer.GetProperty("received").GetInt32().ShouldBe(bad.Length + 2);
        answer.GetProperty("rejected").EnumerateArray().Select(r => r.GetProperty("index").GetInt32()).ShouldBe(Enumerable.Range(0, bad.Length + 1));
        host.Store.Facts($"entries-{reporter.App}").OfType<EntryReported>().Count().ShouldBe(1);
    }

    [Fact]
    public async Task A_hundred_kilobytes_of_error_message()
    {
        using var reporter = await host.ReporterAsync();
        await reporter.PostAsync(Of(With($"\"error_message\":\"{new string('é', 50_000)}\"")));
        var entry = host.Store.Facts($"entries-{reporter.App}").OfType<EntryReported>().Single();
        entry.ErrorMessage.ShouldBe(new string('é', 8 * 1024));
        entry.ErrorMessageLength.ShouldBe(50_000);
    }

    [Theory]
    [InlineData("text/plain", null, "unsupported_media_type")]
    [InlineData("application/x-www-form-urlencoded", null, "unsupported_media_type")]
    [InlineData("application/json; charset=latin1", null, "unsupported_media_type")]
    [InlineData("application/json", "br", "unsupported_encoding")]
    [InlineData("application/json", "gzip, gzip", "unsupported_encoding")]
    public async Task A_kind_of_body_that_is_not_understood(string type, string? encoding, string code)
    {
        using var reporter = await host.ReporterAsync();
        await (await reporter.PostAsync(Utf8(Of(Good)), encoding, type)).ShouldBeProblemAsync(415, code, "Content-");
    }
}
