using Dapper;
using EventEngine.Application.Entries;
using EventEngine.Application.EventStore;
using EventEngine.Application.Retries;
using EventEngine.Domain.Retries;
using EventEngine.Domain.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace EventEngine.Web.Tests.Retries;

public sealed class ListingItemsTests(RetryHost product) : IClassFixture<RetryHost>
{
    private const int Items = 26_000, Names = 1_500, MostBytes = 900_000;

    [Fact]
    public async Task More_than_25_000_events_are_listed_each_once_in_appends_that_every_store_takes()
    {
        await using var app = new RetriedApp { Status = _ => 403 }; // it pauses at the first answers
        await app.StartAsync();
        var shop = await product.DeadAppAsync(app, deadLetters: 0);
        await product.ReportAsync(shop, Enumerable.Range(0, Items).Select(Died));

        var retry = await product.StartAsync(shop, new RetrySelection(Criteria: new DeadLetterCriteria()));
        var paused = await product.BecomesAsync(shop, retry, row => row.State == RetryState.Paused);

        paused.Counts.Items.ShouldBe(Items);
        var listed = new List<string>();
        await foreach (var recorded in product.Product.Services.GetRequiredService<IEventStore>().ReadStreamAsync(StreamName.Retry(shop.Id, retry)))
        {
            recorded.Data.Length.ShouldBeLessThan(MostBytes);
            if (FactJson.Deserialize(recorded.Type, recorded.Data.Span) is RetryItemsListed fact) listed.AddRange(fact.EventIds);
        }

        listed.ShouldBeUnique();
        listed.Count.ShouldBe(Items);
        await using var db = await product.Product.Database.DataSource.OpenConnectionAsync();
        (await db.QueryAsync<string>("select event_id from views.retry_items where retry_id = @retry order by number", new { retry })).ShouldBe(listed);
        app.Total.ShouldBeLessThanOrEqualTo(8);
    }

    /// <summary>Of letters that JSON writes with six.</summary>
    private static object Died(int id) => new
    {
        event_id = $"{new string('<', 40)}{id}",
        event_name = $"{new string('ä', 60)}.{id % Names}",
        status = "dead_lettered",
        attempts = 5,
        error_class = "Timeout",
        timestamp = DateTimeOffset.UtcNow,
    };
}
