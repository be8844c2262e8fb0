using EventEngine.Application.Shared;

namespace EventEngine.Application.Entries;

/// <summary>
/// What is brought into another order than that of time: the last 24 hours of a range, or as much of them as can be sorted for one answer.
/// The hours' own counts mostly tell that it is all of them, and spare counting the rows.
/// </summary>
internal static class SortedStretch
{
    private static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    private const string Hours = """
        select hour, sum(events)::bigint as events from views.rollup_hours
        where app_id = @app and event_name = @series and hour > @latest - interval '25 hours' and hour <= @latest group by hour order by hour desc
        """;

    /// <returns>Null when nothing is older.</returns>
    public static async Task<DateTimeOffset?> FromAsync(ReadSnapshot db, EventScope scope)
    {
        var rows = $"from {Retained.Events} where {scope.Sql.Where}";
        if (await AtAsync($"select at {rows} order by at desc, event_id limit 1") is not { } latest) return null;
        scope.Sql.With("latest", latest).With("since", latest - Longest).With("series", scope.Sql.Series ?? "").With("sortable", scope.Sortable);
        if (FullAt(await db.ListAsync<CountedHour>(Hours, scope.Sql.Parameters), scope.Sortable) is { } full)
        {
            var more = scope.Sql is { Series: not null, NeedsRows: false } && full <= latest
                ? full
                : await AtAsync($"select at {rows} and at >= @since order by at desc, event_id offset @sortable limit 1") + TimeSpan.FromMicroseconds(1);
            if (more is { } since) scope.Sql.With("since", since);
        }

        return await AtAsync($"select @since where exists (select 1 {rows} and at < @since)");

        async Task<DateTimeOffset?> AtAsync(string sql) => (await db.ListAsync<DateTimeOffset?>(sql, scope.Sql.Parameters)).SingleOrDefault();
    }

    /// <summary>Since when the latest whole hours are not too many; null: all are.</summary>
    private static DateTimeOffset? FullAt(IReadOnlyList<CountedHour> latestFirst, long most)
    {
        foreach (var hour in latestFirst)
            if ((most -= hour.Events) < 0) return hour.Hour + TimeSpan.FromHours(1);
        return null;
    }

    private sealed record CountedHour(DateTimeOffset Hour, long Events);
}
