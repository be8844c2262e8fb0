using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using EventEngine.Application.Apps;
using EventEngine.Application.Audit;
using EventEngine.Application.Callbacks;
using EventEngine.Application.EventStore;
using EventEngine.Application.Shared;
using EventEngine.Domain.Organizations;
using EventEngine.Domain.Shared;
using EventEngine.Testing;
using EventEngine.Web.Tests.Api;
using Microsoft.Extensions.DependencyInjection;

namespace EventEngine.Web.Tests.Callbacks;

public sealed class ViewingAPayloadTests(CallbackHost product) : IClassFixture<CallbackHost>
{
    private const string Payload = """{"payload":{"card":"4111-secret","total":19.900}}""";
    private readonly Actor _us = Actor.Operator(product.Ours.Organization);

    [Fact]
    public async Task A_program_with_the_scope_gets_what_the_app_answered()
    {
        await using var shop = RawServer.Answering("200 OK", Payload);
        var app = await product.AppAsync(shop.Address.AbsoluteUri, "order 7/8");
        using var client = await product.ViewerAsync();

        var answer = await client.GetAsync($"/api/v1/apps/{app.Id}/events/order%207%2F8/payload");

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync()).ShouldBe(Payload);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        shop.Requests.ShouldHaveSingleItem().ShouldStartWith("GET /cloud_api/events/order%207%2F8 ");
    }

    [Fact]
    public async Task That_it_was_viewed_is_written_down_and_nothing_of_what_was_seen()
    {
        await using var shop = RawServer.Answering("200 OK", Payload);
        var app = await product.AppAsync(shop.Address.AbsoluteUri, "audited-7");

        (await product.SendAsync(new ViewPayload(_us, app.Id, "audited-7"))).Json.ShouldBe(Payload);

        var audit = (await product.SendAsync(new ListAudit(_us))).Entries.Items[0];
        (audit.Kind, audit.Type, audit.What).ShouldBe((AuditKind.Apps, "payload_viewed", $"looked at the payload of event audited-7 of app {app.Id} (production)"));
        await foreach (var stored in product.Product.Services.GetRequiredService<IEventStore>().ReadAllAsync())
            Encoding.UTF8.GetString(stored.Data.Span).ShouldNotContain("4111-secret");
    }

    /// <summary>No more than host and status: paths may be secret, and what an app answers always is.</summary>
    [Fact]
    public async Task No_trace_tells_of_address_key_or_payload()
    {
        var told = new ConcurrentQueue<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span => told.Enqueue($"{span.Source.Name} {span.DisplayName} {span.StatusDescription} {string.Join(' ', span.TagObjects)} {string.Join(' ', span.Events.SelectMany(one => one.Tags))}"),
        };
        ActivitySource.AddActivityListener(listener);
        await using var shop = RawServer.Answering("200 OK", Payload);
        var app = await product.AppAsync($"{shop.Address}walrus-path?token=walrus-query", "traced-7");

        await product.SendAsync(new ViewPayload(_us, app.Id, "traced-7"));
        await product.Callbacks.RetryAsync(app.Id, "traced-7", default);

        told.ShouldContain(span => span.StartsWith("EventEngine.Outbound outbound request") && span.Contains("127.0.0.1"));
        told.ShouldAllBe(span => !span.Contains("walrus") && !span.Contains("4111-secret") && !span.Contains(app.Key.Secret));
    }

    [Fact]
    public async Task What_could_not_be_shown_was_not_viewed()
    {
        await using var shop = RawServer.Answering("200 OK", "<html>");
        var app = await product.AppAsync(shop.Address.AbsoluteUri, "7");

        (await product.SendAsync(new ViewPayload(_us, app.Id, "7"))).Json.ShouldBeNull();

        await foreach (var _ in product.Product.Services.GetRequiredService<IEventStore>().ReadStreamAsync(StreamName.Payloads(app.Id))) Assert.Fail("nothing was shown");
    }

    [Fact]
    public async Task Only_events_that_the_app_reported_are_asked_for()
    {
        await using var shop = RawServer.Answering("200 OK", Payload);
        var app = await product.AppAsync(shop.Address.AbsoluteUri, "7");

        await Should.ThrowAsync<NotFoundException>(() => product.SendAsync(new ViewPayload(_us, app.Id, "8")));

        shop.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("204 No Content", "", "not_json", 502)]
    [InlineData("200 OK", "{\"a\":", "not_json", 502)]
    [InlineData("200 OK", "\"\\ud800", "not_json", 502)]
    [InlineData("302 Found", "", "refused", 502)]
    [InlineData("401 Unauthorized", "", "unauthorized", 502)]
    [InlineData("404 Not Found", "", "payload_not_found", 404)]
    [InlineData("500 Internal Server Error", "", "refused", 502)]
    public async Task Each_answer_that_is_no_payload_says_what_to_do(string status, string body, string code, int answered)
    {
        await using var shop = RawServer.Answering(status, body);

        await FailsAsync(await product.AppAsync(shop.Address.AbsoluteUri, "7"), code, answered);
    }

    [Fact]
    public async Task So_does_each_way_of_not_answering()
    {
        await using var silent = new RawServer((_, _, ct) => Task.Delay(Timeout.Infinite, ct));
        await using var rude = new RawServer((_, _, _) => Task.CompletedTask);
        await using var huge = RawServer.Answering("200 OK", new string(' ', (1 << 20) + 1));
        var keyless = await product.AppAsync(rude.Address.AbsoluteUri, "7");
        await product.SendAsync(new RevokeApiKey(_us, keyless.Id, keyless.KeyId));

        await FailsAsync(await product.AppAsync(null, "7"), "no_callback", 409);
        await FailsAsync(keyless, "no_key", 409);
        await FailsAsync(await product.AppAsync("http://10.0.0.1/", "7"), "address_refused", 409);
        await FailsAsync(await product.AppAsync("http://127.0.0.1:9/", "7"), "unreachable", 502);
        await FailsAsync(await product.AppAsync(silent.Address.AbsoluteUri, "7"), "timed_out", 504);
        await FailsAsync(await product.AppAsync(rude.Address.AbsoluteUri, "7"), "broken", 502);
        await FailsAsync(await product.AppAsync(huge.Address.AbsoluteUri, "7"), "too_large", 502);
    }

    [Fact]
    public async Task The_address_can_be_tried_without_an_event()
    {
        await using var right = RawServer.Answering("404 Not Found");
        await using var wrong = RawServer.Answering("200 OK", "{}");
        await using var closed = RawServer.Answering("401 Unauthorized");

        (await TestAsync(right)).ShouldBe(new CallbackTest(true, "The app was reached, took the key, and has no event 0, which is right."));
        (await TestAsync(wrong)).Works.ShouldBeFalse();
        (await TestAsync(closed)).Says.ShouldStartWith("127.0.0.1 did not take the app's key (401). ");
    }

    private async Task<CallbackTest> TestAsync(RawServer shop) =>
        await product.SendAsync(new TestCallback(_us, (await product.AppAsync(shop.Address.AbsoluteUri)).Id));

    private async Task FailsAsync(CalledApp app, string code, int status)
    {
        using var client = await product.ViewerAsync();
        var answer = await client.GetAsync($"/api/v1/apps/{app.Id}/events/7/payload");
        var said = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        ((int)answer.StatusCode, (string?)said["error"]).ShouldBe((status, code));
        ((string)said["message"]!).Split(". ").Length.ShouldBeGreaterThan(1, "what happened, and what to do");
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
    }
}
