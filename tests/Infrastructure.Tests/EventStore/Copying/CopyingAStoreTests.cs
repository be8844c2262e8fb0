using EventEngine.Application.EventStore;
using EventEngine.Application.EventStore.Copying;
using static EventEngine.Infrastructure.Tests.EventStore.Copying.TwoStores;

namespace EventEngine.Infrastructure.Tests.EventStore.Copying;

public sealed class CopyingAStoreTests
{
    [Fact]
    public async Task Everything_arrives_in_order_with_its_ids_data_metadata_and_limits()
    {
        await using var stores = await CreateAsync();
        await stores.FillAsync(seed: 1, appends: 300);
        await stores.Source.SetMetadataAsync("heartbeats-1", new StreamMetadata(MaxAge: TimeSpan.FromDays(3), MaxCount: 1_000));

        var report = await stores.CopyAsync();

        report.IsWhole.ShouldBeTrue();
        (await ContentAsync(stores.Target)).ShouldBe(await ContentAsync(stores.Source));
        report.Categories.Select(category => category.Category).ShouldBe([CategoryDigest.All, "entries", "heartbeats"]);
        report.Categories[0].Target!.Events.ShouldBe(report.Copied);
        report.Renumbered.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_request_is_never_divided_and_neighbours_go_together()
    {
        await using var stores = await CreateAsync();
        for (var request = 0; request < 9; request++) await stores.ReceiveAsync("entries-1", entries: 900);
        var target = new FailingStore(stores.Target, after: int.MaxValue);

        await stores.CopyAsync(target);

        target.Appends.ShouldAllBe(events => events % 901 == 0);
        target.Appends.Count.ShouldBeLessThan(9);
    }

    [Fact]
    public async Task A_stream_that_lost_its_beginning_is_copied_from_where_it_begins_and_named()
    {
        await using var stores = await CreateAsync();
        await stores.AppendAsync("entries-old", Event(), Event());
        await stores.AppendAsync("app-1", Event());
        await stores.Source.DeleteStreamAsync("entries-old", ExpectedRevision.Any);
        await stores.AppendAsync("entries-old", Event(), Event(), Event());

        var report = await stores.CopyAsync();

        report.IsWhole.ShouldBeTrue();
        report.Renumbered.ShouldBe(["entries-old"]);
        (await stores.Source.ReadStreamAsync("entries-old").ToListAsync()).Select(recorded => recorded.Revision).ShouldBe([2, 3, 4]);
        (await stores.Target.ReadStreamAsync("entries-old").ToListAsync()).Select(recorded => recorded.Revision).ShouldBe([0, 1, 2]);
    }

    [Fact]
    public async Task What_limits_hide_stays_behind()
    {
        await using var stores = await CreateAsync();
        await stores.AppendAsync("heartbeats-1", [.. Enumerable.Range(0, 20).Select(_ => Event())]);
        await stores.Source.SetMetadataAsync("heartbeats-1", new StreamMetadata(MaxCount: 5));

        var report = await stores.CopyAsync();

        report.IsWhole.ShouldBeTrue();
        report.Copied.ShouldBe(5);
        (await stores.Target.ReadMetadataAsync("heartbeats-1")).MaxCount.ShouldBe(5);
    }

    [Fact]
    public async Task A_target_with_something_else_in_it_is_refused_and_left_alone()
    {
        await using var stores = await CreateAsync();
        await stores.FillAsync(seed: 2, appends: 5);
        await stores.Target.AppendAsync("app-other", ExpectedRevision.Any, [Event()]);

        var refusal = await Should.ThrowAsync<CopyRefusedException>(() => stores.CopyAsync());

        refusal.Message.ShouldContain("app-other");
        (await stores.Target.ReadAllAsync().ToListAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_target_that_was_written_to_since_is_refused()
    {
        await using var stores = await CreateAsync();
        await stores.FillAsync(seed: 3, appends: 50);
        await stores.CopyAsync();
        await stores.Target.AppendAsync("entries-1", ExpectedRevision.Any, [Event()]);
        await stores.FillAsync(seed: 4, appends: 50);

        await Should.ThrowAsync<CopyRefusedException>(() => stores.CopyAsync());
    }

    [Fact]
    public async Task Streams_that_only_the_target_has_make_the_copy_differ_and_are_not_touched()
    {
        await using var stores = await CreateAsync();
        await stores.Target.AppendAsync("app-other", ExpectedRevision.Any, [Event()]);
        var shared = Event();
        await stores.Target.AppendAsync("app-1", ExpectedRevision.Any, [shared]);
        await stores.AppendAsync("app-1", shared);

        var report = await stores.CopyAsync();

        report.IsWhole.ShouldBeFalse();
        report.Surplus.ShouldBe(["app-other"]);
        (await stores.Target.ReadStreamAsync("app-other").ToListAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_empty_store_is_copied_too()
    {
        await using var stores = await CreateAsync();

        (await stores.CopyAsync()).IsWhole.ShouldBeTrue();
    }

    [Fact]
    public async Task A_difference_in_one_byte_is_found()
    {
        await using var stores = await CreateAsync();
        var written = Event(data: """{"n":1}""");
        await stores.AppendAsync("app-1", written);
        await stores.Target.AppendAsync("app-1", ExpectedRevision.Any, [written with { Data = """{"n":2}"""u8.ToArray() }]);

        var report = await stores.CopyAsync();

        report.IsWhole.ShouldBeFalse();
        report.Categories.ShouldAllBe(category => !category.AreEqual);
    }
}
