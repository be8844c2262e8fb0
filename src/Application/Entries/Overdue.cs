using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;

namespace EventEngine.Application.Entries;

/// <summary>Events that have been in flight for longer than their app's limit.</summary>
/// <param name="Count">Exact to 10,000.</param>
/// <param name="IsExact">False: at least that many.</param>
/// <param name="OlderThanMinutes">The limit.</param>
/// <param name="OldestAt">Own time of the oldest; null when there is none.</param>
public sealed record Overdue(long Count, bool IsExact, int OlderThanMinutes, DateTimeOffset? OldestAt)
{
    internal static EventSql Of(AppId app, DateTimeOffset before) => new EventSql(app).And("status = 0").And("at < @before", "before", before);

    internal static async Task<Overdue> ReadAsync(ReadSnapshot db, AppId app, DateTimeOffset before, TimeSpan limit)
    {
        var sql = Of(app, before).With("most", EventCount.Most + 1);
        var row = await db.SingleAsync<Row>(
            $"select count(*) as count, min(at) as oldest_at from (select at from {Retained.Events} where {sql.Where} order by at, event_id desc limit @most) as overdue",
            sql.Parameters);
        return new Overdue(Math.Min(row.Count, EventCount.Most), row.Count <= EventCount.Most, (int)limit.TotalMinutes, row.OldestAt);
    }

    private sealed record Row(long Count, DateTimeOffset? OldestAt);
}
