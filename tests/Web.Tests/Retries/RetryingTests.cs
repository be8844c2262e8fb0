using EventEngine.Application.Entries;
using EventEngine.Application.Retries;
using EventEngine.Domain.Retries;
using EventEngine.Testing;

namespace EventEngine.Web.Tests.Retries;

public sealed class RetryingTests(RetryHost product) : IClassFixture<RetryHost>
{
    private static readonly RetrySelection Everything = new(Criteria: new DeadLetterCriteria());

    /// <summary>20,000 with <c>EVENTENGINE_BULK_RETRY=20000</c>.</summary>
    private static readonly int Bulk = int.TryParse(Environment.GetEnvironmentVariable("EVENTENGINE_BULK_RETRY"), out var items) ? items : 2_000;

    private static readonly TimeSpan BulkPatience = TimeSpan.FromSeconds(60 + (Bulk / 20));

    [Fact]
    public async Task One_event_goes_from_request_to_publication_as_the_app_reports_it()
    {
        await using var app = new RetriedApp();
        await app.StartAsync();
        var shop = await product.DeadAppAsync(app, deadLetters: 3);

        var retry = await product.StartAsync(shop, new RetrySelection(EventIds: ["1"]), "Once more");
        var accepted = await product.BecomesAsync(shop, retry, row => row.State == RetryState.Finished);
        await product.ReportAsync(shop, [DeadLetters.Published(1)]);
        var confirmed = await product.BecomesAsync(shop, retry, row => row.Counts.Published == 1);

        accepted.Counts.ShouldBe(new RetryCounts(1, 0, 0, 1, 0, 0, 0, 0, 0, 0));
        (confirmed.Name, confirmed.Who, confirmed.Stopped).ShouldBe(("Once more", "The operator", null));
        app.Received.ShouldBe(new Dictionary<string, int> { ["1"] = 1 });
    }

    [Fact]
    public async Task What_dies_again_is_said_to_have_died_again()
    {
        await using var app = new RetriedApp();
        await app.StartAsync();
        var shop = await product.DeadAppAsync(app, deadLetters: 1);

        var retry = await product.StartAsync(shop, Everything);
        await product.BecomesAsync(shop, retry, row => row.State == RetryState.Finished);
        await product.ReportAsync(shop, [DeadLetters.Died(0, ago: TimeSpan.Zero)]);

        await product.BecomesAsync(shop, retry, row => row.Counts.DeadLettered == 1);
    }

    [Fact]
    public async Task An_app_that_fails_some_and_goes_away_midway_gets_each_once_and_the_counts_are_true()
    {
        await using var app = new RetriedApp { Status = id => int.Parse(id) % 10 == 7 ? 409 : 202 };
        await app.StartAsync();
        var shop = await product.DeadAppAsync(app, Bulk);

        var began = DateTimeOffset.UtcNow;
        var retry = await product.StartAsync(shop, Everything);
        await Eventually.Becomes(() => app.Total >= Bulk / 2, BulkPatience);
        await app.StopAsync();
        var offline = await product.BecomesAsync(shop, retry, row => row.State == RetryState.Offline);
        await app.StartAsync();
        var ended = await product.BecomesAsync(shop, retry, row => row.State == RetryState.Finished, BulkPatience);
        Console.WriteLine($"{Bulk} items in {(DateTimeOffset.UtcNow - began).TotalSeconds:0.0} s, away for a moment included: {ended.Counts}");

        offline.Reason.ShouldNotBeNull();
        var fails = Enumerable.Range(0, Bulk).Count(id => id % 10 == 7);
        (ended.Counts.Accepted + ended.Counts.Unconfirmed + ended.Counts.Refused).ShouldBe(Bulk);
        ended.Counts.Refused.ShouldBeInRange(fails - ended.Counts.Unconfirmed, fails);
        ended.Counts.Unconfirmed.ShouldBeLessThanOrEqualTo(8); // those whose connection broke
        app.Received.Values.ShouldAllBe(times => times == 1);
        app.Received.Count.ShouldBeGreaterThanOrEqualTo(Bulk - ended.Counts.Unconfirmed);
    }

    [Fact]
    public async Task Cancelled_it_sends_nothing_more_within_a_second()
    {
        await using var app = new RetriedApp { Before = _ => Task.Delay(20) };
        await app.StartAsync();
        var shop = await product.DeadAppAsync(app, 1_000);
        var retry = await product.StartAsync(shop, Everything);
        await Eventually.Becomes(() => app.Total >= 50);

        var began = TimeProvider.System.GetTimestamp();
        await product.SendAsync(new CancelRetry(product.Us, shop.Id, retry));
        var sentAtCancel = app.Total;
        var ended = await product.BecomesAsync(shop, retry, row => row.State == RetryState.Finished);
        var took = TimeProvider.System.GetElapsedTime(began);
        Console.WriteLine($"Cancelled: {took.TotalMilliseconds:0} ms until nothing was under way");

        took.ShouldBeLessThan(TimeSpan.FromSeconds(3)); // a slow machine; by itself a second
        (app.Total - sentAtCancel).ShouldBeLessThanOrEqualTo(8);
        ended.Stopped.ShouldBe(RetryStopCause.Cancelled);
        ended.Counts.Accepted.ShouldBe(app.Total);
        ended.Counts.Cancelled.ShouldBe(1_000 - app.Total);
    }

    [Fact]
    public async Task When_the_first_ten_fail_it_waits_for_a_person()
    {
        await using var app = new RetriedApp { Status = _ => 500 };
        await app.StartAsync();
        var shop = await product.DeadAppAsync(app, 30);

        var retry = await product.StartAsync(shop, Everything);
        var paused = await product.BecomesAsync(shop, retry, row => row.State == RetryState.Paused);
        app.Total.ShouldBe(10);
        app.Status = _ => 202;
        await product.SendAsync(new ContinueRetry(product.Us, shop.Id, retry));
        var ended = await product.BecomesAsync(shop, retry, row => row.State == RetryState.Finished);

        paused.Reason.ShouldBe("10 of the first 10 were not accepted.");
        ended.Counts.ShouldBe(new RetryCounts(30, 0, 0, 20, 10, 0, 0, 0, 0, 0));

        var again = await product.StartAsync(shop, new RetrySelection(FailedOf: retry));
        (await product.BecomesAsync(shop, again, row => row.State == RetryState.Finished)).Counts.Accepted.ShouldBe(10);
    }

    [Fact]
    public async Task What_is_never_answered_is_unconfirmed_until_the_app_reports_it()
    {
        await using var app = new RetriedApp { Before = _ => Task.Delay(TimeSpan.FromSeconds(8)) };
        await app.StartAsync();
        var shop = await product.DeadAppAsync(app, 1);

        var retry = await product.StartAsync(shop, Everything);
        var ended = await product.BecomesAsync(shop, retry, row => row.State == RetryState.Finished);
        await product.ReportAsync(shop, [DeadLetters.Published(0)]);

        ended.Counts.Unconfirmed.ShouldBe(1);
        await product.BecomesAsync(shop, retry, row => row.Counts.Published == 1);
        app.Total.ShouldBe(1);
    }
}
