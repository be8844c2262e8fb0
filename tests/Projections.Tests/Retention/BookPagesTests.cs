using EventEngine.Application.Entries;
using EventEngine.Application.EventStore;
using EventEngine.Application.Retention;
using EventEngine.Domain.Retention;
using static EventEngine.Projections.Tests.Shared.Feed;

namespace EventEngine.Projections.Tests.Retention;

public sealed class BookPagesTests
{
    private static readonly ClosedTotals Nothing = new(0, 0, 0, 0, 0, 0);
    private static readonly DateOnly Day = DateOnly.FromDateTime(Noon.UtcDateTime);

    [Fact]
    public void No_page_is_larger_than_half_a_mebibyte_and_no_cell_is_lost()
    {
        var sketch = new string('A', 2_000);
        ClosedCell[] cells = [.. Enumerable.Range(0, 2_000).Select(i => new ClosedCell(Noon, $"{i:0000}{new string('\u0001', 196)}", 1, 1, 1, 1, 1, 1, sketch))];

        var facts = BookPages.Of(Day, new DayBooks(cells, [], 1, 0, Nothing), null, 5, Noon).ToList();

        var pages = facts.OfType<HoursClosed>().ToList();
        pages.Count.ShouldBeGreaterThan(1);
        facts.ShouldAllBe(fact => FactJson.Serialize(fact).Length < 512 * 1024);
        pages.SelectMany(page => page.Cells).ShouldBe(cells);
        pages[0].From.ShouldBeNull();
        pages[^1].Until.ShouldBeNull();
        pages.Zip(pages.Skip(1)).ShouldAllBe(pair => pair.First.Until == pair.Second.From && pair.Second.From!.EventName == pair.Second.Cells[0].EventName);
        facts[^1].ShouldBeOfType<DayClosed>();
    }

    [Fact]
    public void A_day_without_charts_is_closed_too() =>
        BookPages.Of(Day, new DayBooks([], [], 0, 0, Nothing), null, 5, Noon).Select(fact => fact.GetType()).ShouldBe([typeof(HoursClosed), typeof(DayClosed)]);
}
