using System.Collections.Concurrent;
using EventEngine.Application.EventStore;
using FsCheck;
using FsCheck.Fluent;

namespace EventEngine.Infrastructure.Tests.EventStore;

public abstract partial class EventStoreContract
{
    /// <summary>What an engine promises of all its events beyond the contract, read in order, nothing left out.</summary>
    protected virtual void CheckOrder(IReadOnlyList<RecordedEvent> read) =>
        read.Zip(read.Skip(1)).ShouldAllBe(pair => pair.First.Position < pair.Second.Position);

    /// <summary>Many writers with all sorts of expectations, in two processes; readers that start anywhere, at any time.</summary>
    [Fact]
    public void Every_reader_meets_every_acknowledged_event_once_in_one_order()
    {
        var expectation = Gen.Frequency(
            (4, Gen.Constant(ExpectedRevision.Any)),
            (2, Gen.Constant(ExpectedRevision.NoStream)),
            (1, Gen.Constant(ExpectedRevision.StreamExists)),
            (4, Gen.Choose(0, 12).Select(revision => ExpectedRevision.At(revision))));
        var plannedAppend =
            from process in Gen.Choose(0, 1)
            from stream in Gen.Choose(0, 4)
            from expected in expectation
            from count in Gen.Frequency((8, Gen.Choose(1, 4)), (1, Gen.Choose(30, 80)))
            from repeat in Gen.Choose(0, 3)
            select new PlannedAppend(process, stream, expected, count, repeat == 0);
        var writer = plannedAppend.NonEmptyListOf().Select(appends => appends.ToArray());
        var run =
            from writers in writer.ListOf(8)
            from readers in Gen.Choose(0, 1_000).ListOf(4)
            select (Writers: writers.ToArray(), Readers: readers.ToArray());

        var number = 0;
        Prop.ForAll(Arb.From(run), r => CheckRunAsync(r.Writers, r.Readers, $"run{number++}").GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(25).WithEndSize(25));
    }

    private async Task CheckRunAsync(PlannedAppend[][] writers, int[] readers, string run)
    {
        var start = await Store.ReadHeadAsync();
        var acknowledged = new ConcurrentBag<Acknowledged>();
        var refused = new ConcurrentBag<Guid>();
        var heard = new ConcurrentBag<(StorePosition? After, SubscriptionListener Listener)>();
        var total = writers.Sum(writer => writer.Length);

        await Task.WhenAll(writers.Select(writer => Task.Run(async () =>
        {
            foreach (var append in writer)
            {
                await TryAppendAsync(append, run, acknowledged, refused);
                foreach (var _ in readers.Where(reader => reader % total == acknowledged.Count)) Listen();
            }
        })));
        Listen();

        var all = await Store.ReadAllAsync(from: start).ToListAsync();
        CheckOrder(all);
        CheckWritten(all, acknowledged, refused);
        foreach (var (after, listener) in heard)
        {
            var expected = all.Where(e => after is not { } position || e.Position > position).Select(e => e.Id).ToList();
            await listener.UntilAsync(l => l.Events.Count >= expected.Count && l.CaughtUp == 1);
            listener.Events.Select(e => e.Id).ShouldBe(expected);
            await listener.DisposeAsync();
        }

        void Listen()
        {
            var known = acknowledged.ToArray();
            var after = known.Length == 0 ? start : known[known.Length / 2].Result.Position;
            heard.Add((after, new SubscriptionListener(Engine(known.Length % 2).SubscribeAsync(after))));
        }
    }

    private async Task TryAppendAsync(PlannedAppend append, string run, ConcurrentBag<Acknowledged> acknowledged, ConcurrentBag<Guid> refused)
    {
        var (stream, events) = (Stream($"{run}_{append.Stream}"), Events(append.Count));
        try
        {
            var result = await Engine(append.Process).AppendAsync(stream, append.Expected, events);
            if (append.Repeat && append.Expected.Known is not null)
                (await Engine(1 - append.Process).AppendAsync(stream, append.Expected, events)).ShouldBe(result);
            acknowledged.Add(new Acknowledged(stream, append.Expected, [.. Ids(events)], result));
        }
        catch (WrongRevisionException e)
        {
            e.Expected.ShouldBe(append.Expected);
            foreach (var id in Ids(events)) refused.Add(id);
        }
    }

    private static void CheckWritten(List<RecordedEvent> all, IReadOnlyCollection<Acknowledged> acknowledged, IReadOnlyCollection<Guid> refused)
    {
        all.Count.ShouldBe(acknowledged.Sum(append => append.Ids.Length));
        Ids(all).Intersect(refused).ShouldBeEmpty();
        foreach (var stream in all.GroupBy(e => e.Stream))
            stream.Select(e => e.Revision).ShouldBe(Enumerable.Range(0, stream.Count()).Select(i => (long)i));

        var byId = all.ToDictionary(e => e.Id);
        foreach (var append in acknowledged)
        {
            var first = append.Result.Revision - append.Ids.Length + 1;
            append.Ids.Select(id => byId[id].Revision).ShouldBe(append.Ids.Select((_, i) => first + i));
            byId[append.Ids[^1]].Position.ShouldBe(append.Result.Position);
            if (append.Expected.Known is { } expected) first.ShouldBe(expected + 1);
            if (append.Expected == ExpectedRevision.StreamExists) first.ShouldBeGreaterThan(0);
        }
    }

    private sealed record PlannedAppend(int Process, int Stream, ExpectedRevision Expected, int Count, bool Repeat);

    private sealed record Acknowledged(string Stream, ExpectedRevision Expected, Guid[] Ids, AppendResult Result);
}
