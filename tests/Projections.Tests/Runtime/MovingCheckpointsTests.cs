using EventEngine.Application.EventStore;
using EventEngine.Application.EventStore.Copying;
using EventEngine.Domain.Ingestion;
using EventEngine.Domain.Shared;
using EventEngine.Projections.Entries;
using EventEngine.Projections.Runtime;
using EventEngine.Projections.Tests.Shared;
using static EventEngine.Projections.Tests.Shared.Feed;

namespace EventEngine.Projections.Tests.Runtime;

/// <summary>The store is copied to another one; the read models stay, and go on from the same place in it.</summary>
public sealed class MovingCheckpointsTests
{
    private const string New = "postgres new", Old = "postgres old";

    [Fact]
    public async Task Projections_go_on_in_the_new_store_and_everything_takes_effect_once()
    {
        await using var old = await PipelineWithHolesAsync();
        await old.RunAsync(new EntriesProjection());
        await ReceiveAsync(old, seed: 2);
        await using var moved = await Pipeline.CreateAsync();
        await new StoreCopy(old.Store, moved.Store, TimeProvider.System).RunAsync(CancellationToken.None);

        var moves = await MoveAsync(old, from: old.Store, to: moved.Store, New);
        await old.RunOnAsync(moved.Store, new EntriesProjection());

        moves.Single().To.ShouldNotBe(moves.Single().From.Position);
        (await old.EntriesAsync()).ShouldBe(await ExpectedAsync(1, 2));
        (await old.ScalarAsync<long>("select applied from views.checkpoints")).ShouldBe(Facts(1) + Facts(2));
    }

    [Fact]
    public async Task Moved_once_they_are_not_moved_again_but_can_be_moved_back()
    {
        await using var old = await PipelineWithHolesAsync();
        await old.RunAsync(new EntriesProjection());
        await using var moved = await Pipeline.CreateAsync();
        await new StoreCopy(old.Store, moved.Store, TimeProvider.System).RunAsync(CancellationToken.None);
        var there = (await MoveAsync(old, old.Store, moved.Store, New)).Single();

        (await MoveAsync(old, old.Store, moved.Store, New)).ShouldBeEmpty();
        var back = (await MoveAsync(old, moved.Store, old.Store, Old)).Single();

        back.From.Position.ShouldBe(there.To!.Value);
        back.To.ShouldBe(there.From.Position);
    }

    [Fact]
    public async Task A_projection_that_still_runs_is_not_moved()
    {
        await using var old = await PipelineWithHolesAsync();
        await old.RunAsync(new EntriesProjection());
        var kept = new MovedCheckpoints(old.DataSource, TimeProvider.System);
        var read = (await kept.ReadAsync(New, CancellationToken.None)).Single();
        await ReceiveAsync(old, seed: 3);
        await old.RunAsync(new EntriesProjection());

        await Should.ThrowAsync<InvalidOperationException>(() => kept.MoveAsync(New, [new MovedCheckpoint(read, null)], CancellationToken.None));
    }

    private static async Task<Pipeline> PipelineWithHolesAsync()
    {
        var pipeline = await Pipeline.CreateAsync();
        var gone = StreamName.Schemas(Shop);
        await pipeline.AppendAsync(gone, new EntriesRefused(Noon, 1, "quota"), new EntriesRefused(Noon, 1, "quota"));
        await pipeline.Store.DeleteStreamAsync(gone, ExpectedRevision.Any);
        await ReceiveAsync(pipeline, seed: 1);
        return pipeline;
    }

    private static Task<IReadOnlyList<MovedCheckpoint>> MoveAsync(Pipeline readModels, IEventStore from, IEventStore to, string store) =>
        new CheckpointMove(from, to).RunAsync(new MovedCheckpoints(readModels.DataSource, TimeProvider.System), store, CancellationToken.None);

    private static async Task<string> ExpectedAsync(params int[] seeds)
    {
        await using var uninterrupted = await Pipeline.CreateAsync();
        foreach (var seed in seeds) await ReceiveAsync(uninterrupted, seed);
        await uninterrupted.RunAsync(new EntriesProjection());
        return await uninterrupted.EntriesAsync();
    }

    private static List<List<EntryReported>> Batches(int seed) => Cut(Lives(seed, events: 200), new Random(seed));

    private static int Facts(int seed) => Batches(seed).Sum(batch => batch.Count + 1);

    private static async Task ReceiveAsync(Pipeline pipeline, int seed)
    {
        foreach (var batch in Batches(seed)) await pipeline.ReceiveAsync(Shop, batch);
    }
}
