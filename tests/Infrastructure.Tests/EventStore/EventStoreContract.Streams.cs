using EventEngine.Application.EventStore;

namespace EventEngine.Infrastructure.Tests.EventStore;

public abstract partial class EventStoreContract
{
    [Fact]
    public async Task Limits_of_a_stream_are_kept_and_can_be_changed()
    {
        (await Store.ReadMetadataAsync(Stream())).ShouldBe(new StreamMetadata());

        await Store.SetMetadataAsync(Stream(), new StreamMetadata(TimeSpan.FromHours(30), 5));
        (await Engine(1).ReadMetadataAsync(Stream())).ShouldBe(new StreamMetadata(TimeSpan.FromHours(30), 5));

        await Store.SetMetadataAsync(Stream(), new StreamMetadata(MaxCount: 7));
        (await Store.ReadMetadataAsync(Stream())).ShouldBe(new StreamMetadata(MaxCount: 7));
        (await ReadAsync(Stream())).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_stream_with_a_maximum_count_shows_its_newest_events()
    {
        await Store.AppendAsync(Stream(), ExpectedRevision.NoStream, Events(6));
        await Store.SetMetadataAsync(Stream(), new StreamMetadata(MaxCount: 4));

        (await ReadAsync(Stream())).Select(e => e.Revision).ShouldBe([2, 3, 4, 5]);

        await Engine(1).AppendAsync(Stream(), ExpectedRevision.At(5), Events(1));
        (await ReadAsync(Stream())).Select(e => e.Revision).ShouldBe([3, 4, 5, 6]);
        (await ReadAsync(Stream(), ReadDirection.Backwards)).Select(e => e.Revision).ShouldBe([6, 5, 4, 3]);
        (await ReadAsync(Stream(), from: 0, limit: 2)).Select(e => e.Revision).ShouldBe([3, 4]);
    }

    [Fact]
    public async Task Much_beyond_a_maximum_count_the_newest_are_still_right()
    {
        await Store.SetMetadataAsync(Stream(), new StreamMetadata(MaxCount: 10));
        for (var i = 0; i < 400; i++) await Store.AppendAsync(Stream(), ExpectedRevision.Any, Events(1));

        (await ReadAsync(Stream())).Select(e => e.Revision).ShouldBe(Enumerable.Range(390, 10).Select(i => (long)i));
        (await Store.AppendAsync(Stream(), ExpectedRevision.At(399), Events(1))).Revision.ShouldBe(400);
    }

    [Fact]
    public async Task A_deleted_stream_yields_nothing_and_its_revisions_go_on_when_it_is_written_again()
    {
        await Store.AppendAsync(Stream(), ExpectedRevision.NoStream, Events(3));
        await Store.DeleteStreamAsync(Stream(), ExpectedRevision.At(2));

        (await ReadAsync(Stream())).ShouldBeEmpty();
        (await ReadAsync(Stream(), ReadDirection.Backwards)).ShouldBeEmpty();
        await Should.ThrowAsync<WrongRevisionException>(() => Engine(1).AppendAsync(Stream(), ExpectedRevision.StreamExists, Events(1)));

        var events = Events(2);
        var again = await Engine(1).AppendAsync(Stream(), ExpectedRevision.NoStream, events);
        again.Revision.ShouldBe(4);
        (await Store.AppendAsync(Stream(), ExpectedRevision.NoStream, events)).ShouldBe(again);
        (await ReadAsync(Stream())).Select(e => e.Revision).ShouldBe([3, 4]);
        (await ReadAsync(Stream(), from: 0, limit: 1)).Select(e => e.Revision).ShouldBe([3]);
        (await ReadAsync(Stream(), ReadDirection.Backwards)).Select(e => e.Revision).ShouldBe([4, 3]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_deleted_stream_and_what_is_said_about_streams_are_gone_from_reads_of_everything_too(bool tombstone)
    {
        var kept = Events(2);
        await Store.AppendAsync(Stream("gone"), ExpectedRevision.NoStream, Events(3));
        await Store.AppendAsync(Stream("kept"), ExpectedRevision.NoStream, kept);
        await Store.SetMetadataAsync(Stream("kept"), new StreamMetadata(MaxCount: 10));
        await Store.DeleteStreamAsync(Stream("gone"), ExpectedRevision.At(2), tombstone);

        Ids(await ReadAllAsync()).ShouldBe(Ids(kept));
        Ids(await ReadAllAsync(ReadDirection.Backwards)).ShouldBe(Ids(kept.Reverse()));
        await using var heard = new SubscriptionListener(Engine(1).SubscribeAsync(filter: OwnStreams()));
        await heard.UntilAsync(h => h.CaughtUp == 1);
        heard.Events.Select(e => e.Id).ShouldBe(Ids(kept));
    }

    [Fact]
    public async Task Deleting_expects_a_revision_too()
    {
        await Store.AppendAsync(Stream(), ExpectedRevision.NoStream, Events(3));

        await Should.ThrowAsync<WrongRevisionException>(() => Store.DeleteStreamAsync(Stream(), ExpectedRevision.At(1)));
        await Should.ThrowAsync<WrongRevisionException>(() => Store.DeleteStreamAsync(Stream(), ExpectedRevision.NoStream));

        (await ReadAsync(Stream())).Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_tombstone_closes_a_name_for_good()
    {
        await Store.AppendAsync(Stream(), ExpectedRevision.NoStream, Events(3));
        await Engine(1).AppendAsync(Stream(), ExpectedRevision.At(2), Events(1));
        await Store.DeleteStreamAsync(Stream(), ExpectedRevision.Any, tombstone: true);

        foreach (var engine in new[] { Store, Engine(1) })
        {
            (await Should.ThrowAsync<StreamDeletedException>(() => engine.AppendAsync(Stream(), ExpectedRevision.Any, Events(1)))).Stream.ShouldBe(Stream());
            await Should.ThrowAsync<StreamDeletedException>(() => engine.AppendAsync(Stream(), ExpectedRevision.NoStream, Events(1)));
            await Should.ThrowAsync<StreamDeletedException>(async () => await engine.ReadStreamAsync(Stream()).ToListAsync());
            await Should.ThrowAsync<StreamDeletedException>(() => engine.DeleteStreamAsync(Stream(), ExpectedRevision.Any));
        }
    }

    [Fact]
    public async Task Deletion_leaves_the_order_of_the_rest_alone()
    {
        for (var i = 0; i < 9; i++) await Store.AppendAsync(Stream($"{i % 3}"), ExpectedRevision.Any, Events(2));
        var before = await ReadAllAsync(filter: new EventFilter([Stream("0"), Stream("2")]));

        await Store.DeleteStreamAsync(Stream("1"), ExpectedRevision.At(5));

        var after = await ReadAllAsync(filter: new EventFilter([Stream("0"), Stream("2")]));
        after.Select(e => (e.Id, e.Position, e.Revision)).ShouldBe(before.Select(e => (e.Id, e.Position, e.Revision)));
    }
}
