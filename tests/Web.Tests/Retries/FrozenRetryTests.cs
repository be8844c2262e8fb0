using EventEngine.Testing;
using EventEngine.Testing.EventStoreDb;

namespace EventEngine.Web.Tests.Retries;

/// <summary>Retries in workers beside the web host: one is frozen (SIGSTOP), another takes over, the first wakes (SIGCONT), the other is told to stop (SIGTERM).</summary>
public sealed class FrozenRetryTests
{
    private const int Items = 240;

    [Theory]
    [InlineData("Embedded")]
    [InlineData("EventStoreDB")]
    public async Task Another_worker_goes_on_and_the_frozen_one_sends_nothing_more_when_it_wakes(string engine)
    {
        await using var database = await TestPostgres.CreateDatabaseAsync();
        await using var store = await TestEventStoreDb.StartAsync();
        await using var product = new RetryingProduct(new()
        {
            ["EventEngine__Postgres__ConnectionString"] = database.ConnectionString,
            ["EventEngine__EventStore__Provider"] = engine,
            ["EventEngine__EventStore__ConnectionString"] = store.ConnectionString,
            ["EventEngine__Projections__InProcess"] = "false",
        });
        var app = product.App;
        app.Before = _ => Task.Delay(TimeSpan.FromMilliseconds(200));
        var frozen = product.StartWorker("the one that is frozen");
        await product.StartAsync(Items);

        var retry = await product.RetryAllAsync();
        await Eventually.Becomes(() => app.Total >= 40);
        await frozen.FreezeAsync();
        var other = product.StartWorker("the other");
        await Eventually.Becomes(() => app.Total >= 100, TimeSpan.FromSeconds(40));
        var sentBefore = app.Received.Keys.ToHashSet();
        await frozen.WakeAsync();
        await Eventually.Becomes(() => frozen.Said.Contains("taken over by another process", StringComparison.Ordinal));
        (await other.TerminateAsync()).ShouldBe(0, other.Said);
        var counts = await product.EndsAsync(retry); // by the one that had been frozen, which may take it again

        var unconfirmed = await product.EventsAsync(retry, "unconfirmed");
        (counts["accepted"]!.GetValue<int>(), unconfirmed.Count).ShouldBe((Items - unconfirmed.Count, counts["unconfirmed"]!.GetValue<int>()));
        unconfirmed.Count.ShouldBeInRange(1, 8);
        unconfirmed.Where(id => app.Received.ContainsKey(id)).ShouldBeSubsetOf(sentBefore, "sent after it was given up");
        app.Received.Values.ShouldAllBe(times => times == 1);
    }
}
