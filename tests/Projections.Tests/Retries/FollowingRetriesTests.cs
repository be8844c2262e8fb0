using EventEngine.Domain.Apps;
using EventEngine.Domain.Retries;
using EventEngine.Domain.Shared;
using EventEngine.Projections.Retries;
using EventEngine.Projections.Tests.Shared;
using static EventEngine.Projections.Tests.Shared.Feed;

namespace EventEngine.Projections.Tests.Retries;

public sealed class FollowingRetriesTests
{
    private static readonly Guid Retry = Guid.Parse("77777777-7777-7777-7777-777777777777"), Run = Guid.Parse("11111111-0000-0000-0000-000000000000");

    private static readonly (string Stream, IFact Fact)[] Story =
    [
        (StreamName.Retry(Shop, Retry), new RetryItemsListed(Noon, 0, ["given up"], ["order"], [0])),
        (StreamName.Retry(Shop, Retry), new RetryItemsListed(Noon, 0, ["a", "b", "c", "d"], ["placed", "shipped"], [0, 1, 0, 0])),
        (StreamName.Retry(Shop, Retry), new RetryItemsListed(Noon, 4, ["e", "f"], ["placed"], [0, 0])),
        (StreamName.Retries(Shop), new RetryRequested(Noon, Retry, "Friday", RetrySelectionKind.Events, "6 chosen events", 6, null, null)),
        (StreamName.Retry(Shop, Retry), new RetryTaken(Noon.AddSeconds(1), Run)),
        (StreamName.Retry(Shop, Retry), new RetrySending(Noon.AddSeconds(2), [0, 1, 2])),
        (StreamName.Retry(Shop, Retry), new RetryAnswered(Noon.AddSeconds(3), [new(0, RetryOutcome.Accepted, 202), new(1, RetryOutcome.Unreachable, null, "away")])),
        (StreamName.Retry(Shop, Retry), new RetryWentOffline(Noon.AddSeconds(3), "away")),
        (StreamName.Retry(Shop, Retry), new RetryTaken(Noon.AddSeconds(9), Guid.NewGuid())), // 2 was between sending and answer
        (StreamName.Retry(Shop, Retry), new RetrySending(Noon.AddSeconds(10), [1])),
        (StreamName.Retry(Shop, Retry), new RetryAnswered(Noon.AddSeconds(11), [new(1, RetryOutcome.Refused, 409, "published")])),
        (StreamName.Retry(Shop, Retry), new RetryCameBack(Noon.AddSeconds(11))),
        (StreamName.Retry(Shop, Retry), new RetrySending(Noon.AddSeconds(12), [3, 4])),
        (StreamName.Retry(Shop, Retry), new RetryAnswered(Noon.AddSeconds(13), [new(3, RetryOutcome.Accepted, 202), new(4, RetryOutcome.Accepted, 202)])),
        (StreamName.Retry(Shop, Retry), new RetryStopped(Noon.AddSeconds(14), RetryStopCause.Cancelled)),
        (StreamName.Retry(Shop, Retry), new RetryFinished(Noon.AddSeconds(15))),
        (StreamName.Retry(Shop, Retry), new RetryConfirmed(Noon.AddSeconds(16), [0, 2], [3])),
        (StreamName.Retry(Shop, Retry), new RetryConfirmed(Noon.AddSeconds(17), [3], [0])), // told twice: the first stands
    ];

    [Fact]
    public async Task Each_item_is_in_one_state_and_the_counts_are_theirs()
    {
        await using var pipeline = await Pipeline.CreateAsync();
        foreach (var (stream, fact) in Story) await pipeline.AppendAsync(stream, fact);
        await pipeline.RunAsync(new RetriesProjection());

        (await pipeline.RowsAsync("select number, event_id, event_name, state, status_code, reason from views.retry_items order by number")).ShouldBe(
            ["(0,a,placed,published,202,)", "(1,b,shipped,refused,409,published)", "(2,c,placed,published,,)", "(3,d,placed,dead_lettered,202,)", "(4,e,placed,accepted,202,)", "(5,f,placed,cancelled,,)"]);
        (await pipeline.RowsAsync("select state, stopped, items, requested, sending, accepted, refused, unconfirmed, unreachable, cancelled, published, dead_lettered from views.retries"))
            .ShouldBe(["(finished,cancelled,6,0,0,1,1,0,0,1,2,1)"]);
    }

    [Fact]
    public async Task However_the_facts_are_cut_into_batches_the_rows_are_the_same()
    {
        await using var atOnce = await Pipeline.CreateAsync();
        foreach (var (stream, fact) in Story) await atOnce.AppendAsync(stream, fact);
        await atOnce.RunAsync(new RetriesProjection());

        await using var oneByOne = await Pipeline.CreateAsync();
        foreach (var (stream, fact) in Story)
        {
            await oneByOne.AppendAsync(stream, fact);
            await oneByOne.RunAsync(new RetriesProjection());
        }

        foreach (var table in new[] { "retries", "retry_items" })
            (await oneByOne.RowsAsync($"select * from views.{table} order by 1, 2")).ShouldBe(await atOnce.RowsAsync($"select * from views.{table} order by 1, 2"));
    }

    [Fact]
    public async Task With_its_app_all_of_it_goes()
    {
        await using var pipeline = await Pipeline.CreateAsync();
        foreach (var (stream, fact) in Story) await pipeline.AppendAsync(stream, fact);
        await pipeline.AppendAsync(StreamName.App(Shop), new AppDeleted(Noon.AddHours(1)));
        await pipeline.RunAsync(new RetriesProjection());

        (await pipeline.ScalarAsync<long>("select count(*) from views.retries") + await pipeline.ScalarAsync<long>("select count(*) from views.retry_items")).ShouldBe(0);
    }
}
