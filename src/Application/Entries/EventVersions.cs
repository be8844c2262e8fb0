using EventEngine.Application.Shared;

namespace EventEngine.Application.Entries;

/// <summary>Which versions of an event are in use: those among the latest events of its name.</summary>
internal static class EventVersions
{
    private const string Sql = $"""
        select distinct name as event_name, event_version
        from unnest(@apps, @names) as wanted (app, name), lateral (
            select event_version from {Retained.Events}
            where app_id = app and event_name = name and received_on >= @since order by at desc, event_id limit 20) as latest
        where event_version is not null
        order by 1, 2
        """;

    /// <param name="apps">As many as names: each name is looked up in the app at its place.</param>
    /// <param name="since">Day of receipt: spares looking into every day that was ever received.</param>
    public static async Task<ILookup<string, int>> ReadAsync(ReadSnapshot db, Guid[] apps, string[] names, DateOnly since)
    {
        var rows = await db.ListAsync<Row>(Sql, new { apps, names, since });
        return rows.ToLookup(row => row.EventName, row => row.EventVersion);
    }

    private sealed record Row(string EventName, int EventVersion);
}
