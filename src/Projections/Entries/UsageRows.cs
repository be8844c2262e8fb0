using EventEngine.Domain.Apps;
using EventEngine.Projections.Runtime;
using Npgsql;

namespace EventEngine.Projections.Entries;

/// <summary>The table <c>daily_usage</c>.</summary>
internal static class UsageRows
{
    private const string Change = """
        insert into daily_usage as t (app_id, day, events) select * from unnest($1, $2, $3)
        on conflict (app_id, day) do update set events = t.events + excluded.events
        """;

    // As if nothing had ever been there: what corrections have emptied must not tell one history from another.
    private const string DropEmpty = """
        delete from daily_usage t using unnest($1, $2) as k (app_id, day) where t.app_id = k.app_id and t.day = k.day and t.events = 0
        """;

    private const string Forget = "delete from daily_usage where app_id = $1";
    private const string ForgetDay = "delete from daily_usage where app_id = $1 and day = $2";
    private const string Close = "insert into daily_usage (app_id, day, events) select $1, * from unnest($2, $3)";

    public static async Task SaveAsync(NpgsqlConnection db, UsageChanges usage, CancellationToken ct)
    {
        var changed = usage.Days.Where(day => day.Value != 0).ToArray();
        if (changed.Length == 0) return;
        var (apps, days) = (Array.ConvertAll(changed, row => row.Key.App.Value), Array.ConvertAll(changed, row => row.Key.Day));
        await db.ExecuteAsync(Change, ct, apps, days, Array.ConvertAll(changed, row => row.Value));
        if (changed.Any(row => row.Value < 0)) await db.ExecuteAsync(DropEmpty, ct, apps, days);
    }

    /// <summary>What a closed day counts, for good.</summary>
    public static async Task CloseAsync(NpgsqlConnection db, Guid app, DateOnly day, long events, CancellationToken ct)
    {
        await db.ExecuteAsync(ForgetDay, ct, app, day);
        if (events != 0) await db.ExecuteAsync(Close, ct, app, new[] { day }, new[] { events });
    }

    /// <summary>The app's days, as far as anybody will know them: its entries are about to go.</summary>
    public static async Task CloseAsync(NpgsqlConnection db, AppId app, AppErased fact, CancellationToken ct)
    {
        await db.ExecuteAsync(Forget, ct, app.Value);
        var months = fact.Usage.IsDefault ? [] : fact.Usage.ToArray();
        await db.ExecuteAsync(Close, ct, app.Value, Array.ConvertAll(months, month => month.Month), Array.ConvertAll(months, month => month.Events));
    }
}
