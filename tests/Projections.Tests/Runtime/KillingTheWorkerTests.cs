using EventEngine.Domain.Ingestion;
using EventEngine.Projections.Entries;
using EventEngine.Projections.Heartbeats;
using EventEngine.Projections.Tests.Shared;
using EventEngine.Testing;
using static EventEngine.Projections.Tests.Shared.Feed;

namespace EventEngine.Projections.Tests.Runtime;

public sealed class KillingTheWorkerTests
{
    private const string EndWorkersSessions = """
        select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = current_database() and application_name like 'eventengine entries %'
        """;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Stopped_and_started_at_random_points_everything_takes_effect_once(int seed)
    {
        await using var pipeline = await Pipeline.CreateAsync();
        var feeding = FeedAsync(pipeline, seed);
        var random = new Random(seed);
        for (var restart = 1; restart <= 10; restart++)
        {
            var worker = await pipeline.StartAsync(new EntriesProjection(), new HeartbeatsProjection());
            await AppliedAsync(pipeline, Facts(seed) * restart / 11);
            await worker.StopAsync(new CancellationToken(canceled: random.Next(2) == 0));
        }

        await feeding;
        await pipeline.StartAsync(new EntriesProjection(), new HeartbeatsProjection());
        await EndsAsUninterruptedAsync(pipeline, seed);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Sessions_ended_at_random_points_everything_takes_effect_once(int seed)
    {
        await using var pipeline = await Pipeline.CreateAsync();
        var feeding = FeedAsync(pipeline, seed);
        await pipeline.StartAsync(new EntriesProjection(), new HeartbeatsProjection());
        var ended = 0L;
        for (var kill = 1; kill <= 10; kill++)
        {
            await AppliedAsync(pipeline, Facts(seed) * kill / 11);
            ended += await pipeline.ScalarAsync<long>(EndWorkersSessions);
        }

        await feeding;
        ended.ShouldBeGreaterThan(0);
        await EndsAsUninterruptedAsync(pipeline, seed);
    }

    private static async Task EndsAsUninterruptedAsync(Pipeline pipeline, int seed)
    {
        await pipeline.CaughtUpAsync("entries");
        await using var uninterrupted = await Pipeline.CreateAsync();
        await FeedAsync(uninterrupted, seed);
        await uninterrupted.RunAsync(new EntriesProjection());
        (await pipeline.EntriesAsync()).ShouldBe(await uninterrupted.EntriesAsync());
        (await pipeline.ScalarAsync<long>("select applied from views.checkpoints where projection = 'entries'")).ShouldBe(Facts(seed));
    }

    private static List<List<EntryReported>> Batches(int seed) => Cut(Lives(seed, events: 1_500), new Random(seed));

    private static int Facts(int seed) => Batches(seed).Sum(batch => batch.Count + 1);

    private static async Task FeedAsync(Pipeline pipeline, int seed)
    {
        foreach (var batch in Batches(seed)) await pipeline.ReceiveAsync(Shop, batch);
    }

    private static Task AppliedAsync(Pipeline pipeline, long atLeast) => Eventually.Becomes(async () =>
        await pipeline.ScalarAsync<long>("select applied from views.checkpoints where projection = 'entries'") >= atLeast);
}
