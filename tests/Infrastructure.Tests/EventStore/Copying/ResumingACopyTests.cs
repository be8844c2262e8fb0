using EventEngine.Application.EventStore;
using static EventEngine.Infrastructure.Tests.EventStore.Copying.TwoStores;

namespace EventEngine.Infrastructure.Tests.EventStore.Copying;

public sealed class ResumingACopyTests
{
    [Theory]
    [InlineData(5)]
    [InlineData(6)]
    public async Task Ended_at_any_append_it_goes_on_and_everything_arrives_once(int seed)
    {
        await using var stores = await CreateAsync();
        await stores.FillAsync(seed, appends: 400);
        var random = new Random(seed);
        for (var run = 0; run < 6; run++)
            await Should.ThrowAsync<StoreUnavailableException>(() => stores.CopyAsync(new FailingStore(stores.Target, after: random.Next(1, 40))));

        var report = await stores.CopyAsync();

        report.IsWhole.ShouldBeTrue();
        report.Copied.ShouldBeLessThan(report.Categories[0].Source!.Events);
        (await ContentAsync(stores.Target)).ShouldBe(await ContentAsync(stores.Source));
    }

    [Fact]
    public async Task What_is_whole_already_is_only_verified()
    {
        await using var stores = await CreateAsync();
        await stores.FillAsync(seed: 7, appends: 100);
        await stores.CopyAsync();

        var again = await stores.CopyAsync();

        again.IsWhole.ShouldBeTrue();
        again.Copied.ShouldBe(0);
    }

    [Fact]
    public async Task What_the_source_dropped_in_between_does_no_harm()
    {
        await using var stores = await CreateAsync();
        await stores.AppendAsync("heartbeats-1", [.. Enumerable.Range(0, 10).Select(_ => Event())]);
        await stores.CopyAsync();
        await stores.Source.SetMetadataAsync("heartbeats-1", new StreamMetadata(MaxCount: 3));
        await stores.AppendAsync("heartbeats-1", [.. Enumerable.Range(0, 10).Select(_ => Event())]);

        var report = await stores.CopyAsync();

        report.IsWhole.ShouldBeTrue();
        report.Copied.ShouldBe(3);
        var seen = await stores.Target.ReadStreamAsync("heartbeats-1").Select(recorded => recorded.Id).ToListAsync();
        seen.ShouldBe(await stores.Source.ReadStreamAsync("heartbeats-1").Select(recorded => recorded.Id).ToListAsync());
    }

    [Fact]
    public async Task While_appends_go_on_it_goes_on_and_ends_when_they_do()
    {
        await using var stores = await CreateAsync();
        await stores.FillAsync(seed: 8, appends: 20);
        var target = new FailingStore(stores.Target, after: int.MaxValue)
        {
            Sent = append => append <= 30 ? stores.AppendAsync("app-1", Event()) : Task.CompletedTask,
        };

        var report = await stores.CopyAsync(target);

        report.IsWhole.ShouldBeTrue();
        (await ContentAsync(stores.Target)).ShouldBe(await ContentAsync(stores.Source));
    }

    [Fact]
    public async Task A_stream_deleted_while_it_is_copied_is_deleted_in_the_target()
    {
        await using var stores = await CreateAsync();
        await stores.AppendAsync("entries-old", Event());
        await stores.AppendAsync("entries-gone", Event());
        await stores.AppendAsync("app-1", Event());
        var target = new FailingStore(stores.Target, after: int.MaxValue)
        {
            Sent = async append =>
            {
                if (append != 3) return;
                await stores.Source.DeleteStreamAsync("entries-old", ExpectedRevision.Any);
                await stores.Source.DeleteStreamAsync("entries-gone", ExpectedRevision.Any, tombstone: true);
            },
        };

        var report = await stores.CopyAsync(target);

        report.IsWhole.ShouldBeTrue();
        (await stores.Target.ReadAllAsync().ToListAsync()).Select(recorded => recorded.Stream).ShouldBe(["app-1"]);
        await Should.ThrowAsync<StreamDeletedException>(async () => await stores.Target.ReadStreamAsync("entries-gone").ToListAsync());
    }
}
