using EventEngine.Application.EventStore;

namespace EventEngine.Infrastructure.Tests.EventStore;

public abstract partial class EventStoreContract
{
    [Fact]
    public async Task An_unknown_stream_yields_nothing()
    {
        (await ReadAsync(Stream())).ShouldBeEmpty();
        (await ReadAsync(Stream(), ReadDirection.Backwards)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(ReadDirection.Forwards, null, long.MaxValue, new long[] { 0, 1, 2, 3, 4, 5 })]
    [InlineData(ReadDirection.Forwards, 2L, long.MaxValue, new long[] { 2, 3, 4, 5 })]
    [InlineData(ReadDirection.Forwards, 1L, 3L, new long[] { 1, 2, 3 })]
    [InlineData(ReadDirection.Forwards, 6L, long.MaxValue, new long[] { })]
    [InlineData(ReadDirection.Forwards, null, 0L, new long[] { })]
    [InlineData(ReadDirection.Backwards, null, long.MaxValue, new long[] { 5, 4, 3, 2, 1, 0 })]
    [InlineData(ReadDirection.Backwards, 3L, long.MaxValue, new long[] { 3, 2, 1, 0 })]
    [InlineData(ReadDirection.Backwards, 4L, 2L, new long[] { 4, 3 })]
    [InlineData(ReadDirection.Backwards, null, 1L, new long[] { 5 })]
    [InlineData(ReadDirection.Backwards, 99L, 1L, new long[] { 5 })]
    public async Task A_stream_is_read_either_way_from_any_revision(ReadDirection direction, long? from, long limit, long[] revisions)
    {
        await Store.AppendAsync(Stream(), ExpectedRevision.Any, Events(3));
        await Store.AppendAsync(Stream("other"), ExpectedRevision.Any, Events(2));
        await Store.AppendAsync(Stream(), ExpectedRevision.Any, Events(2));
        await Store.AppendAsync(Stream(), ExpectedRevision.Any, Events(1));

        (await ReadAsync(Stream(), direction, from, limit)).Select(e => e.Revision).ShouldBe(revisions);
    }

    [Fact]
    public async Task Everything_is_read_in_one_order_either_way()
    {
        var appended = new List<Guid>();
        for (var i = 0; i < 20; i++)
        {
            var events = Events((i % 3) + 1);
            await Store.AppendAsync(Stream($"{i % 4}"), ExpectedRevision.Any, events);
            appended.AddRange(Ids(events));
        }

        var forwards = await ReadAllAsync();
        Ids(forwards).ShouldBe(appended);
        forwards.Zip(forwards.Skip(1)).ShouldAllBe(pair => pair.First.Position < pair.Second.Position);
        Ids(await ReadAllAsync(ReadDirection.Backwards)).ShouldBe(Enumerable.Reverse(appended));
    }

    [Fact]
    public async Task Everything_after_a_position_leaves_it_out_and_so_does_everything_before()
    {
        await Store.AppendAsync(Stream("a"), ExpectedRevision.Any, Events(4));
        await Store.AppendAsync(Stream("b"), ExpectedRevision.Any, Events(4));
        var all = await ReadAllAsync();

        for (var i = 0; i < all.Count; i++)
        {
            Ids(await ReadAllAsync(from: all[i].Position)).ShouldBe(Ids(all[(i + 1)..]));
            Ids(await ReadAllAsync(ReadDirection.Backwards, all[i].Position)).ShouldBe(Ids(Enumerable.Reverse(all[..i])));
            Ids(await ReadAllAsync(limit: i)).ShouldBe(Ids(all[..i]));
        }
    }

    [Fact]
    public async Task A_filter_keeps_streams_by_prefix_or_events_by_type()
    {
        await Store.AppendAsync(Stream("x", "red"), ExpectedRevision.Any, [Event("1", Scoped("A")), Event("2", Scoped("B"))]);
        await Store.AppendAsync(Stream("x", "green"), ExpectedRevision.Any, [Event("3", Scoped("A")), Event("4", Scoped("C"))]);
        await Store.AppendAsync(Stream("y", "red"), ExpectedRevision.Any, [Event("5", Scoped("C"))]);

        (await Kept(new EventFilter([$"red-{_scope}"]))).ShouldBe("125");
        (await Kept(new EventFilter([$"red-{_scope}_y", $"green-{_scope}"]))).ShouldBe("345");
        (await Kept(new EventFilter(Types: [Scoped("A")]))).ShouldBe("13");
        (await Kept(new EventFilter([$"red-{_scope}_y"], [Scoped("A")]))).ShouldBe("135");
        (await Kept(new EventFilter([], []))).ShouldBe("");

        async Task<string> Kept(EventFilter filter)
        {
            var forwards = string.Concat((await ReadAllAsync(filter: filter)).Select(e => Text(e.Data)));
            var backwards = string.Concat((await ReadAllAsync(ReadDirection.Backwards, filter: filter)).Select(e => Text(e.Data)));
            backwards.ShouldBe(string.Concat(forwards.Reverse()));
            return forwards;
        }

        string Scoped(string type) => $"{type}{_scope}";
    }

    [Fact]
    public async Task The_head_is_never_before_what_was_acknowledged()
    {
        var result = await Store.AppendAsync(Stream(), ExpectedRevision.Any, Events(3));

        (await Engine(1).ReadHeadAsync()).ShouldNotBeNull().ShouldBeGreaterThanOrEqualTo(result.Position);
    }

    [Fact]
    public async Task A_reader_that_stops_early_leaves_nothing_behind()
    {
        for (var i = 0; i < 5; i++) await Store.AppendAsync(Stream(), ExpectedRevision.Any, Events(1_000));

        for (var i = 0; i < 50; i++)
        {
            await foreach (var recorded in Store.ReadAllAsync(filter: OwnStreams()))
            {
                if (recorded.Revision == i) break;
            }
        }

        (await ReadAllAsync()).Count.ShouldBe(5_000);
    }
}
