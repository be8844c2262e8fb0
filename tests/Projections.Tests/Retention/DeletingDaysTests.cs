using EventEngine.Application.EventStore;
using EventEngine.Application.Retention;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Entries;
using EventEngine.Domain.Retention;
using EventEngine.Domain.Shared;
using static EventEngine.Projections.Tests.Shared.Feed;

namespace EventEngine.Projections.Tests.Retention;

public sealed class DeletingDaysTests
{
    private static readonly DateOnly Day = DateOnly.FromDateTime(Noon.UtcDateTime);
    private static readonly AppId Other = new(Guid.Parse("22222222-2222-2222-2222-222222222222"));

    [Fact]
    public async Task Charts_ledger_usage_and_totals_stay_when_the_entries_go()
    {
        await using var books = await ReceivedAsync();
        string[] forGood = ["rollup_hours", "ledger_hours", "daily_usage", "app_totals"];
        var before = await books.DescribeAsync("views", forGood);

        books.Clock.Now = Noon.AddDays(Books.KeptDays + 1);
        var done = await books.RunAsync();

        done.Select(one => (one.Step.Action, one.Outcome)).ShouldBe([(RetentionAction.Close, DayOutcome.Done), (RetentionAction.Delete, DayOutcome.Done)]);
        (await books.DescribeAsync("views", forGood)).ShouldBe(before);
        (await books.Pipeline.RowsAsync("select 1 from views.event_entries")).ShouldBeEmpty();
        (await StreamAsync(books)).ShouldBeEmpty();
        (await books.RebuiltAsync(1)).ShouldBe(await books.LiveAsync());
    }

    [Fact]
    public async Task A_day_goes_with_its_partition_when_nobody_else_has_rows_in_it()
    {
        await using var books = await ReceivedAsync();
        await books.Pipeline.ReceiveAsync(Other, Entry("9", EntryStatus.Emitted, 0));
        books.Clock.Now = Noon.AddDays(Books.KeptDays + 1);
        await books.RunAsync();

        (await books.Pipeline.ScalarAsync<string>("select to_regclass('views.event_entries_20261120')::text")).ShouldBeNull();
    }

    [Fact]
    public async Task Nothing_is_deleted_before_its_time_or_twice()
    {
        await using var books = await ReceivedAsync();
        books.Clock.Now = new DateTimeOffset(Day.AddDays(Books.KeptDays + 1).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).AddSeconds(-1);
        (await books.RunAsync()).Select(one => one.Step.Action).ShouldBe([RetentionAction.Close]);
        (await StreamAsync(books)).ShouldNotBeEmpty();

        books.Clock.Now = books.Clock.Now.AddSeconds(1);
        (await books.RunAsync()).Select(one => (one.Step.Action, one.Outcome)).ShouldBe([(RetentionAction.Delete, DayOutcome.Done)]);
        (await books.RunAsync()).ShouldAllBe(one => one.Outcome == DayOutcome.WasDone);
    }

    [Fact]
    public async Task What_comes_after_the_closing_is_counted_before_the_day_goes()
    {
        await using var books = await ReceivedAsync();
        books.Clock.Now = Noon.AddDays(1);
        await books.RunAsync();
        await books.Pipeline.ReceiveAsync(Shop, Entry("7", EntryStatus.Emitted, 0));
        await books.CaughtUpAsync();
        var before = await books.DescribeAsync("views", "rollup_hours", "ledger_hours", "app_totals");

        books.Clock.Now = Noon.AddDays(Books.KeptDays + 1);
        (await books.RunAsync()).ShouldContain(one => one.Step.Action == RetentionAction.Delete && one.Outcome == DayOutcome.Done);

        (await books.RebuiltAsync(2)).ShouldBe(await books.LiveAsync());
        (await books.DescribeAsync("views", "rollup_hours", "ledger_hours", "app_totals")).ShouldBe(before);
    }

    [Fact]
    public async Task A_deletion_that_was_cut_short_is_finished_by_the_next_run()
    {
        await using var books = await ReceivedAsync();
        books.Clock.Now = Noon.AddDays(1);
        await books.RunAsync();
        books.Clock.Now = Noon.AddDays(Books.KeptDays + 1);
        await books.Pipeline.AppendAsync(StreamName.Stats(Shop), new DayDeleted(books.Clock.Now, Day, 2, 1, 1, 0, 1, 5_000_000));

        (await books.RunAsync()).Select(one => one.Outcome).ShouldBe([DayOutcome.Done]);

        (await StreamAsync(books)).ShouldBeEmpty();
        (await books.RebuiltAsync(1)).ShouldBe(await books.LiveAsync());
    }

    [Fact]
    public async Task What_was_never_counted_is_never_deleted()
    {
        await using var books = await ReceivedAsync();
        books.Clock.Now = Noon.AddDays(Books.KeptDays + 1);
        await books.RunAsync();
        await books.Pipeline.ReceiveAsync(Shop, Entry("7", EntryStatus.Emitted, 0));

        (await books.RunAsync()).ShouldAllBe(one => one.Outcome == DayOutcome.Changed);

        (await StreamAsync(books)).ShouldNotBeEmpty();
        (await books.RebuiltAsync(1)).ShouldBe(await books.LiveAsync());
    }

    [Fact]
    public async Task Two_processes_close_a_day_once()
    {
        await using var books = await ReceivedAsync();
        books.Clock.Now = Noon.AddDays(1);
        await books.CaughtUpAsync();
        var step = (await books.SendAsync(new PlanRetention())).ShouldHaveSingleItem();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => books.SendAsync(new TakeStep(step))));

        var facts = new List<string>();
        await foreach (var fact in books.Pipeline.Store.ReadStreamAsync(StreamName.Stats(Shop))) facts.Add(fact.Type);
        facts.ShouldBe(["HoursClosed.v1", "DayClosed.v1"]);
    }

    private static async Task<Books> ReceivedAsync()
    {
        var books = await Books.OpenAsync(Shop, Other);
        await books.Pipeline.ReceiveAsync(
            Shop, Entry("1", EntryStatus.Emitted, 0), Entry("1", EntryStatus.Published, 5), Entry("2", EntryStatus.Emitted, 1), Entry("2", EntryStatus.Emitted, 1));
        await books.CaughtUpAsync();
        return books;
    }

    private static async Task<List<RecordedEvent>> StreamAsync(Books books)
    {
        var events = new List<RecordedEvent>();
        await foreach (var recorded in books.Pipeline.Store.ReadStreamAsync(StreamName.Entries(Shop, Day))) events.Add(recorded);
        return events;
    }
}
