using EventEngine.Application.Entries;
using EventEngine.Domain.Retention;
using EventEngine.Domain.Shared;

namespace EventEngine.Application.Retention;

/// <summary>A day's books as facts that each stay well below the store's limit, the concluding one last.</summary>
public static class BookPages
{
    /// <summary>Bytes of JSON, estimated; half a MiB is the bound.</summary>
    private const int Largest = 400_000;

    private const int Framing = 250;

    public static IEnumerable<IFact> Of(DateOnly day, DayBooks books, ClosedSigns? signs, long revision, DateTimeOffset at)
    {
        var first = 0;
        do
        {
            var count = CountThatFits(books.Cells, first);
            var next = first + count;
            yield return new HoursClosed(
                at, day, first == 0 ? null : PlaceOf(books.Cells[first]), next == books.Cells.Count ? null : PlaceOf(books.Cells[next]), [.. books.Cells.Skip(first).Take(count)]);
            first = next;
        }
        while (first < books.Cells.Count);
        yield return new DayClosed(at, day, revision, books.Events, books.Late, books.Ledger, books.Totals, signs);
    }

    private static int CountThatFits(IReadOnlyList<ClosedCell> cells, int first)
    {
        var (bytes, next) = (0, first);
        while (next < cells.Count && (next == first || bytes + SizeOf(cells[next]) <= Largest)) bytes += SizeOf(cells[next++]);
        return next - first;
    }

    // A character of a name takes at most six bytes of JSON.
    private static int SizeOf(ClosedCell cell) => Framing + (cell.EventName.Length * 6) + (cell.Sketch?.Length ?? 0);

    private static CellPlace PlaceOf(ClosedCell cell) => new(cell.Hour, cell.EventName);
}
