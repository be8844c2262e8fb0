using EventEngine.Application.EventStore;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Retention;
using EventEngine.Domain.Shared;

namespace EventEngine.Application.Retention;

/// <summary>What an app's stats stream says of a day, read from its end: only as far back as the day was last closed.</summary>
internal sealed record ClosedBooks(ExpectedRevision End, DayClosed? Day, bool IsNextClosedSince, bool IsDeleted)
{
    private static readonly string Closed = FactTypes.NameOf(typeof(DayClosed)), Deleted = FactTypes.NameOf(typeof(DayDeleted));

    public static async Task<ClosedBooks> ReadAsync(IEventStore store, AppId app, DateOnly day, CancellationToken ct)
    {
        var books = new ClosedBooks(ExpectedRevision.NoStream, null, false, false);
        await foreach (var recorded in store.ReadStreamAsync(StreamName.Stats(app), ReadDirection.Backwards, ct: ct))
        {
            if (books.End == ExpectedRevision.NoStream) books = books with { End = ExpectedRevision.At(recorded.Revision) };
            if (recorded.Type != Closed && recorded.Type != Deleted) continue;
            var fact = FactJson.Deserialize(recorded.Type, recorded.Data.Span);
            if (fact is DayDeleted deleted && deleted.Day >= day) books = books with { IsDeleted = true };
            if (fact is not DayClosed closed || closed.Day > day.AddDays(1)) continue;
            if (closed.Day == day.AddDays(1)) books = books with { IsNextClosedSince = true };
            else return closed.Day == day ? books with { Day = closed } : books;
        }

        return books;
    }
}
