using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;

namespace EventEngine.Application.Entries;

/// <summary>How many events died of what, by name and version.</summary>
/// <param name="EventVersion">-1: none.</param>
/// <param name="FirstAt">Null where the sums do not say, and <paramref name="LastAt"/>.</param>
internal sealed record ErrorGroupCount(long Fingerprint, string EventName, int EventVersion, long Dead, long Ever, DateTimeOffset? FirstAt, DateTimeOffset? LastAt);

internal static class ErrorGroupCounts
{
    /// <returns>By fingerprint, the largest first.</returns>
    public static async Task<IReadOnlyList<IGrouping<long, ErrorGroupCount>>> ReadAsync(ReadSnapshot db, AppId app, DeadLetterCriteria criteria)
    {
        var events = new EventSql(app).AndEverDied(criteria);
        var rows = await db.ListAsync<ErrorGroupCount>(AreSummed(criteria) ? FromSums(app, criteria, events) : FromRows(events), events.Parameters);
        return [.. rows.GroupBy(row => row.Fingerprint).OrderByDescending(group => group.Sum(row => row.Ever)).ThenBy(group => group.Key)];
    }

    /// <summary>Whether the sums of the projection know everything that is asked for.</summary>
    private static bool AreSummed(DeadLetterCriteria criteria) => (criteria with { EventName = null, Version = null, Group = null }) == new DeadLetterCriteria();

    // What the plan hides of the first day that it shows, only the rows themselves say.
    private static string FromSums(AppId app, DeadLetterCriteria criteria, EventSql events)
    {
        var sums = new EventSql(app).AndNamed(criteria);
        return $"""
            select fingerprint, event_name, event_version, sum(dead)::bigint as dead, sum(ever)::bigint as ever, null::timestamptz as first_at, null::timestamptz as last_at
            from (select fingerprint, event_name, event_version, dead, ever from views.death_hours where {sums.Where} and received_on > @retained_day
                  union all
                  select fingerprint, event_name, coalesce(event_version, -1), (status = 2)::int, 1 from {Retained.Events}
                  where {events.Where} and received_on <= @retained_day and last_reported_at >= @retained_since) as parts
            group by 1, 2, 3
            """;
    }

    private static string FromRows(EventSql events) => $"""
        select fingerprint, event_name, coalesce(event_version, -1) as event_version, count(*) filter (where status = 2) as dead, count(*) as ever,
               min(first_died_at) as first_at, max(dead_lettered_at) as last_at
        from {Retained.Events} where {events.Where} group by 1, 2, 3
        """;
}
