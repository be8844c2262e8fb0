using EventEngine.Application.EventStore;
using EventEngine.Application.EventStore.Copying;
using EventEngine.Infrastructure.Tests.EventStore.EventStoreDb;
using EventEngine.Testing.EventStoreDb;
using static EventEngine.Infrastructure.Tests.EventStore.Copying.TwoStores;

namespace EventEngine.Infrastructure.Tests.EventStore.Copying;

public sealed class CopyingBetweenEnginesTests
{
    [Fact]
    public async Task Outgrowing_one_machine_and_coming_back_changes_nothing()
    {
        await using var stores = await CreateAsync();
        await using var server = await TestEventStoreDb.StartAsync();
        await using var cluster = EventStoreDbEngines.Create(server.ConnectionString);
        await stores.FillAsync(seed: 9, appends: 200);
        await stores.Source.SetMetadataAsync("heartbeats-1", new StreamMetadata(MaxAge: TimeSpan.FromDays(3), MaxCount: 1_000));

        var there = await stores.CopyAsync(cluster);
        var back = await new StoreCopy(cluster, stores.Target, TimeProvider.System).RunAsync(CancellationToken.None);

        there.IsWhole.ShouldBeTrue();
        back.IsWhole.ShouldBeTrue();
        back.Categories.ShouldBe(there.Categories);
        (await ContentAsync(cluster)).ShouldBe(await ContentAsync(stores.Source));
        (await ContentAsync(stores.Target)).ShouldBe(await ContentAsync(stores.Source));
    }

    [Fact]
    public async Task Streams_that_were_deleted_there_do_not_come_back_to_life_here()
    {
        await using var stores = await CreateAsync();
        await using var server = await TestEventStoreDb.StartAsync();
        await using var cluster = EventStoreDbEngines.Create(server.ConnectionString);
        foreach (var stream in new[] { "entries-old", "entries-gone", "app-1" }) await cluster.AppendAsync(stream, ExpectedRevision.NoStream, [Event(), Event()]);
        await cluster.DeleteStreamAsync("entries-old", ExpectedRevision.Any);
        await cluster.DeleteStreamAsync("entries-gone", ExpectedRevision.Any, tombstone: true);

        var report = await new StoreCopy(cluster, stores.Target, TimeProvider.System).RunAsync(CancellationToken.None);

        report.IsWhole.ShouldBeTrue();
        (await stores.Target.ReadAllAsync().ToListAsync()).Select(recorded => recorded.Stream).ShouldBe(["app-1", "app-1"]);
    }
}
