using EventEngine.Application.EventStore;

namespace EventEngine.Infrastructure.Tests.EventStore;

public abstract partial class EventStoreContract
{
    [Fact]
    public async Task What_was_appended_is_read_as_it_was()
    {
        var first = Event("""{"a":"ä\u0000"}""", "First.v1", """{"correlation_id":"c"}""");
        var second = Event("not json at all", "Second.v2", "");

        var result = await Store.AppendAsync(Stream(), ExpectedRevision.NoStream, [first, second]);

        var read = await ReadAsync(Stream());
        read.Select(e => (e.Id, e.Type, Text(e.Data), Text(e.Metadata), e.Stream, e.Revision)).ShouldBe(
        [
            (first.Id, "First.v1", """{"a":"ä\u0000"}""", """{"correlation_id":"c"}""", Stream(), 0),
            (second.Id, "Second.v2", "not json at all", "", Stream(), 1),
        ]);
        result.Revision.ShouldBe(1);
        result.Position.ShouldBe(read[1].Position);
        read[0].Position.ShouldBeLessThan(read[1].Position);
    }

    [Fact]
    public async Task Metadata_that_events_share_or_not_comes_back_with_each()
    {
        string[] metadata = ["""{"a":1}""", """{"a":1}""", "", "", """{"b":2}"""];
        string[] types = ["A", "A", "B", "A", "A"];

        await Store.AppendAsync(Stream(), ExpectedRevision.Any, [.. metadata.Zip(types, (m, t) => Event(metadata: m, type: t))]);

        var read = await ReadAsync(Stream());
        read.Select(e => Text(e.Metadata)).ShouldBe(metadata);
        read.Select(e => e.Type).ShouldBe(types);
    }

    [Fact]
    public async Task Any_appends_to_whatever_is_there()
    {
        (await Store.AppendAsync(Stream(), ExpectedRevision.Any, Events(2))).Revision.ShouldBe(1);
        (await Store.AppendAsync(Stream(), ExpectedRevision.Any, Events(3))).Revision.ShouldBe(4);
    }

    [Fact]
    public async Task Any_does_not_look_for_repetitions()
    {
        var events = Events(2);
        await Store.AppendAsync(Stream(), ExpectedRevision.Any, events);
        await Store.AppendAsync(Stream(), ExpectedRevision.Any, [Event()]);

        (await Store.AppendAsync(Stream(), ExpectedRevision.StreamExists, Events(1))).Revision.ShouldBe(3);
    }

    [Fact]
    public async Task No_stream_refuses_one_that_has_events()
    {
        await Store.AppendAsync(Stream(), ExpectedRevision.NoStream, Events(2));

        var refusal = await Should.ThrowAsync<WrongRevisionException>(() => Store.AppendAsync(Stream(), ExpectedRevision.NoStream, Events(1)));

        (refusal.Stream, refusal.Expected, refusal.Actual).ShouldBe((Stream(), ExpectedRevision.NoStream, 1));
        (await ReadAsync(Stream())).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_known_revision_has_to_be_the_last()
    {
        await Store.AppendAsync(Stream(), ExpectedRevision.NoStream, Events(3));

        (await Should.ThrowAsync<WrongRevisionException>(() => Store.AppendAsync(Stream(), ExpectedRevision.At(1), Events(1)))).Actual.ShouldBe(2);
        (await Should.ThrowAsync<WrongRevisionException>(() => Store.AppendAsync(Stream(), ExpectedRevision.At(3), Events(1)))).Actual.ShouldBe(2);
        (await Store.AppendAsync(Stream(), ExpectedRevision.At(2), Events(1))).Revision.ShouldBe(3);
    }

    [Fact]
    public async Task A_known_revision_refuses_a_stream_that_was_never_written()
    {
        (await Should.ThrowAsync<WrongRevisionException>(() => Store.AppendAsync(Stream(), ExpectedRevision.At(0), Events(1)))).Actual.ShouldBe(-1);
        (await ReadAsync(Stream())).ShouldBeEmpty();
    }

    [Fact]
    public async Task Stream_exists_needs_an_event()
    {
        (await Should.ThrowAsync<WrongRevisionException>(() => Store.AppendAsync(Stream(), ExpectedRevision.StreamExists, Events(1)))).Actual.ShouldBe(-1);
        await Store.AppendAsync(Stream(), ExpectedRevision.Any, Events(1));
        (await Store.AppendAsync(Stream(), ExpectedRevision.StreamExists, Events(1))).Revision.ShouldBe(1);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public async Task The_same_events_at_the_same_revision_succeed_again_and_write_nothing(int before)
    {
        var expected = ExpectedRevision.NoStream;
        if (before > 0) expected = ExpectedRevision.At((await Store.AppendAsync(Stream(), ExpectedRevision.Any, Events(before))).Revision);
        var events = Events(60);
        var original = await Store.AppendAsync(Stream(), expected, events);
        await Store.AppendAsync(Stream(), ExpectedRevision.Any, Events(2));

        (await Store.AppendAsync(Stream(), expected, events)).ShouldBe(original);
        (await Engine(1).AppendAsync(Stream(), expected, events)).ShouldBe(original);

        (await ReadAsync(Stream())).Count.ShouldBe(before + 62);
    }

    [Fact]
    public async Task Other_events_at_a_passed_revision_are_refused_even_when_some_are_the_same()
    {
        var events = Events(3);
        await Store.AppendAsync(Stream(), ExpectedRevision.NoStream, events);

        await Should.ThrowAsync<WrongRevisionException>(() => Store.AppendAsync(Stream(), ExpectedRevision.NoStream, [events[0], Event(), events[2]]));
        await Should.ThrowAsync<WrongRevisionException>(() => Store.AppendAsync(Stream(), ExpectedRevision.NoStream, [.. events, Event()]));
        await Should.ThrowAsync<WrongRevisionException>(() => Store.AppendAsync(Stream(), ExpectedRevision.At(0), [events[0]]));
    }

    [Fact]
    public async Task The_same_append_sent_many_times_at_once_is_written_once()
    {
        var events = Events(5);

        var results = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Engine(i % 2).AppendAsync(Stream(), ExpectedRevision.NoStream, events)));

        results.Distinct().Count().ShouldBe(1);
        Ids(await ReadAsync(Stream())).ShouldBe(Ids(events));
    }

    [Fact]
    public async Task Of_many_who_expect_the_same_revision_one_wins()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 50).Select(async i =>
        {
            try
            {
                await Engine(i % 2).AppendAsync(Stream(), ExpectedRevision.NoStream, Events(2));
                return true;
            }
            catch (WrongRevisionException)
            {
                return false;
            }
        }));

        outcomes.Count(won => won).ShouldBe(1);
        (await ReadAsync(Stream())).Select(e => e.Revision).ShouldBe([0, 1]);
    }

    [Fact]
    public async Task Two_processes_may_take_turns_on_one_stream()
    {
        for (var i = 0; i < 10; i++)
        {
            var expected = i == 0 ? ExpectedRevision.NoStream : ExpectedRevision.At(i - 1);
            (await Engine(i % 2).AppendAsync(Stream(), expected, Events(1))).Revision.ShouldBe(i);
        }
    }

    [Fact]
    public async Task An_append_of_more_than_1_MiB_is_refused_and_one_a_little_smaller_is_kept()
    {
        var half = new string('x', 520_000);

        await Should.ThrowAsync<AppendTooLargeException>(() => Store.AppendAsync(Stream(), ExpectedRevision.Any, [Event(half), Event(half), Event(half)]));
        await Store.AppendAsync(Stream(), ExpectedRevision.NoStream, [Event(half), Event(half), Event("small")]);

        (await ReadAsync(Stream())).Select(e => e.Data.Length).ShouldBe([520_000, 520_000, 5]);
    }

    [Fact]
    public async Task A_large_append_keeps_its_order()
    {
        var events = Events(1_500);

        await Store.AppendAsync(Stream(), ExpectedRevision.NoStream, events);

        Ids(await ReadAsync(Stream())).ShouldBe(Ids(events));
        Ids(await ReadAsync(Stream(), from: 777, limit: 3)).ShouldBe(Ids(events[777..780]));
        Ids(await ReadAllAsync()).ShouldBe(Ids(events));
    }

    [Fact]
    public async Task A_caller_who_gives_up_does_not_disturb_the_others()
    {
        using var impatient = new CancellationTokenSource();
        var appends = Enumerable.Range(0, 100).Select(i => Store.AppendAsync(Stream($"{i}"), ExpectedRevision.NoStream, Events(3), i % 2 == 0 ? impatient.Token : default)).ToList();
        await impatient.CancelAsync();

        await Task.WhenAll(appends.Where((_, i) => i % 2 == 1));
        await Task.WhenAll(appends.Where((_, i) => i % 2 == 0)).ShouldThrowOrFinishAsync<OperationCanceledException>();

        for (var i = 0; i < 100; i++)
        {
            var count = (await ReadAsync(Stream($"{i}"))).Count;
            if (i % 2 == 1 || appends[i].IsCompletedSuccessfully) count.ShouldBe(3);
            else count.ShouldBeOneOf(0, 3);
        }
    }
}
