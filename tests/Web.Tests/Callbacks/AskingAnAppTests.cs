using System.Text;
using EventEngine.Application.Apps;
using EventEngine.Application.Callbacks;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using EventEngine.Testing;
using EventEngine.Web.Tests.Api;
using Microsoft.Extensions.DependencyInjection;

namespace EventEngine.Web.Tests.Callbacks;

public sealed class AskingAnAppTests(CallbackHost product) : IClassFixture<CallbackHost>
{
    private readonly Actor _us = Actor.Operator(product.Ours.Organization);

    [Fact]
    public async Task A_payload_is_fetched_with_the_apps_key()
    {
        await using var shop = RawServer.Answering("200 OK", """{"payload":{"total":7}}""");
        var app = await product.AppAsync($"{shop.Address}event_engine/?tenant=7");

        var answer = await product.Callbacks.FetchPayloadAsync(app.Id, "order 7/8?a=b#c%", default);

        answer.Outcome.ShouldBe(CallbackOutcome.Answered);
        answer.StatusCode.ShouldBe(200);
        Encoding.UTF8.GetString(answer.Body.Span).ShouldBe("""{"payload":{"total":7}}""");
        var asked = shop.Requests.ShouldHaveSingleItem();
        asked.ShouldStartWith("GET /event_engine/cloud_api/events/order%207%2F8%3Fa%3Db%23c%25?tenant=7 HTTP/1.1\r\n");
        asked.ShouldContain($"Authorization: Bearer {app.Key.Secret}\r\n");
        asked.ShouldContain("Accept: application/json\r\n");
        asked.ShouldNotContain("traceparent");
    }

    [Fact]
    public async Task A_retry_is_asked_for_with_it_too()
    {
        await using var shop = RawServer.Answering("202 Accepted");
        var app = await product.AppAsync($"{shop.Address}event_engine");

        var answer = await product.Callbacks.RetryAsync(app.Id, "7", default);

        (answer.Outcome, answer.StatusCode).ShouldBe((CallbackOutcome.Answered, 202));
        var asked = shop.Requests.ShouldHaveSingleItem();
        asked.ShouldStartWith("POST /event_engine/cloud_api/events/7/retry HTTP/1.1\r\n");
        asked.ShouldContain($"Authorization: Bearer {app.Key.Secret}\r\n");
    }

    [Fact]
    public async Task Of_two_keys_the_newest_is_presented_and_none_that_was_revoked()
    {
        await using var shop = RawServer.Answering("200 OK", "{}");
        var app = await product.AppAsync(shop.Address.AbsoluteUri);
        var (newer, newerId) = (new ApiKey($"ee_live_{Guid.NewGuid():N}"), Guid.NewGuid());

        await product.SendAsync(new IssueApiKey(_us, newerId, app.Id, newer));
        await product.Callbacks.FetchPayloadAsync(app.Id, "7", default);
        await product.SendAsync(new RevokeApiKey(_us, app.Id, newerId));
        await product.Callbacks.FetchPayloadAsync(app.Id, "7", default);

        shop.Requests[0].ShouldContain(newer.Secret);
        shop.Requests[1].ShouldContain(app.Key.Secret);
    }

    [Fact]
    public async Task Without_an_address_or_a_key_nobody_is_asked()
    {
        await using var shop = RawServer.Answering("200 OK", "{}");
        var silent = await product.AppAsync(null);
        var keyless = await product.AppAsync(shop.Address.AbsoluteUri);
        await product.SendAsync(new RevokeApiKey(_us, keyless.Id, keyless.KeyId));
        var deleted = await product.AppAsync(shop.Address.AbsoluteUri);
        await product.SendAsync(new DeleteApp(_us, deleted.Id));

        (await product.Callbacks.FetchPayloadAsync(silent.Id, "7", default)).Outcome.ShouldBe(CallbackOutcome.NoCallback);
        (await product.Callbacks.RetryAsync(keyless.Id, "7", default)).Outcome.ShouldBe(CallbackOutcome.NoKey);
        (await product.Callbacks.RetryAsync(deleted.Id, "7", default)).Outcome.ShouldBe(CallbackOutcome.NoCallback);
        shop.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("..")]
    [InlineData("../../admin")]
    [InlineData("a\\..\\b")]
    [InlineData(".")]
    public async Task An_id_of_dots_climbs_nowhere(string id)
    {
        await using var shop = RawServer.Answering("200 OK", "{}");
        var app = await product.AppAsync($"{shop.Address}event_engine");

        (await product.Callbacks.RetryAsync(app.Id, id, default)).Outcome.ShouldBe(CallbackOutcome.Refused);

        shop.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("200 OK", CallbackOutcome.Answered)]
    [InlineData("204 No Content", CallbackOutcome.Answered)]
    [InlineData("302 Found", CallbackOutcome.Refused)]
    [InlineData("401 Unauthorized", CallbackOutcome.Unauthorized)]
    [InlineData("403 Forbidden", CallbackOutcome.Unauthorized)]
    [InlineData("404 Not Found", CallbackOutcome.NotFound)]
    [InlineData("409 Conflict", CallbackOutcome.Refused)]
    [InlineData("429 Too Many Requests", CallbackOutcome.Refused)]
    [InlineData("500 Internal Server Error", CallbackOutcome.Refused)]
    public async Task A_status_is_read_as_it_is_meant(string status, CallbackOutcome outcome)
    {
        await using var shop = RawServer.Answering(status);
        var app = await product.AppAsync(shop.Address.AbsoluteUri);

        foreach (var answer in new[] { await product.Callbacks.FetchPayloadAsync(app.Id, "7", default), await product.Callbacks.RetryAsync(app.Id, "7", default) })
        {
            (answer.Outcome, answer.StatusCode).ShouldBe((outcome, int.Parse(status[..3])));
            (answer.Reason is null).ShouldBe(outcome == CallbackOutcome.Answered);
            answer.Reason?.ShouldStartWith("127.0.0.1 ");
            answer.IsUnknown.ShouldBeFalse();
        }
    }

    [Theory]
    [InlineData("""{"error":"published","message":"Published  at\n10:42."}""", "127.0.0.1 answered 409: Published at 10:42.")]
    [InlineData("""{"error":"published"}""", "127.0.0.1 answered 409: published")]
    [InlineData("Not\u0007 now", "127.0.0.1 answered 409: Not now")]
    [InlineData("<html>Conflict</html>", "127.0.0.1 answered 409.")]
    [InlineData("{\"message\":7}", "127.0.0.1 answered 409.")]
    [InlineData("[]", "127.0.0.1 answered 409.")]
    [InlineData("", "127.0.0.1 answered 409.")]
    public async Task Why_an_app_refuses_a_retry_is_told_in_its_own_words(string body, string reason)
    {
        await using var shop = RawServer.Answering("409 Conflict", body);
        var app = await product.AppAsync(shop.Address.AbsoluteUri);

        (await product.Callbacks.RetryAsync(app.Id, "7", default)).Reason.ShouldBe(reason);
    }

    [Fact]
    public async Task A_retry_was_accepted_once_the_status_says_so_whatever_follows()
    {
        await using var shop = new RawServer(async (_, stream, ct) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"u8.ToArray(), ct);
            await Task.Delay(Timeout.Infinite, ct);
        });
        var app = await product.AppAsync(shop.Address.AbsoluteUri);

        (await product.Callbacks.RetryAsync(app.Id, "7", default).WaitAsync(TimeSpan.FromSeconds(4))).Outcome.ShouldBe(CallbackOutcome.Answered);
    }

    [Fact]
    public async Task What_became_of_a_request_that_was_not_answered_is_unknown()
    {
        await using var silent = new RawServer((_, _, ct) => Task.Delay(Timeout.Infinite, ct));
        await using var rude = new RawServer((_, _, _) => Task.CompletedTask);
        var (slow, broken) = (await product.AppAsync(silent.Address.AbsoluteUri), await product.AppAsync(rude.Address.AbsoluteUri));
        var gone = await product.AppAsync("http://127.0.0.1:9/");

        var answers = await Task.WhenAll(new[] { slow, broken, gone }.Select(app => product.Callbacks.RetryAsync(app.Id, "7", default)));

        answers.Select(answer => answer.Outcome).ShouldBe([CallbackOutcome.TimedOut, CallbackOutcome.Broken, CallbackOutcome.Unreachable]);
        answers.Select(answer => answer.IsUnknown).ShouldBe([true, true, false]);
    }

    /// <summary>The operator opened loopback's 127.0.0.1 and nothing else.</summary>
    [Fact]
    public async Task An_address_within_is_refused()
    {
        var app = await product.AppAsync("http://169.254.169.254/latest/meta-data");

        var answer = await product.Callbacks.FetchPayloadAsync(app.Id, "7", default);

        answer.Outcome.ShouldBe(CallbackOutcome.AddressRefused);
        answer.Reason.ShouldNotBeNull().ShouldNotContain("meta-data");
    }
}
