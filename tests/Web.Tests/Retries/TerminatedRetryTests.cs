using EventEngine.Testing;

namespace EventEngine.Web.Tests.Retries;

/// <summary>The server is told to stop (SIGTERM) while it retries, and started again.</summary>
public sealed class TerminatedRetryTests
{
    private const int Items = 120;

    [Fact]
    public async Task Nothing_more_is_sent_every_answer_is_awaited_and_the_next_start_goes_on()
    {
        await using var product = new RetryingProduct(new() { ["Serilog__MinimumLevel__Default"] = "Information" });
        var app = product.App;
        app.Before = _ => Task.Delay(TimeSpan.FromMilliseconds(300));
        await product.StartAsync(Items);
        var retry = await product.RetryAllAsync();
        await Eventually.Becomes(() => app.Total >= 30);

        // A client that has not sent all of its request keeps the web server from stopping.
        using var slow = new SlowRequest(product.Web.Http.BaseAddress!);
        var sent = app.Total;
        var ending = product.Web.TerminateAsync();
        await Eventually.Becomes(() => product.Web.Said.Any(line => line.Contains("handed back", StringComparison.Ordinal)));
        var sentInAll = app.Total;
        slow.Dispose();
        var exitCode = await ending;

        exitCode.ShouldBe(0);
        (sentInAll - sent).ShouldBeLessThanOrEqualTo(8);
        app.Total.ShouldBe(sentInAll);
        await product.Web.StartAsync();
        var counts = await product.EndsAsync(retry);
        (counts["accepted"]!.GetValue<int>(), counts["unconfirmed"]!.GetValue<int>()).ShouldBe((Items, 0));
        app.Received.Count.ShouldBe(Items);
        app.Received.Values.ShouldAllBe(times => times == 1);
    }
}
