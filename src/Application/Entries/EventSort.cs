using System.Globalization;
using EventEngine.Application.Shared;

namespace EventEngine.Application.Entries;

/// <summary>
/// An order of event rows: by one column, then latest first, then by id, so that every row has one place. Rows without a value come
/// before all others, going up.
/// </summary>
internal sealed record EventSort(string Name, bool Descending, string Column, Func<EventRow, string> Key, Func<string, object?> Parse)
{
    // As expressions, so that no index seems to have this order: it would be walked in search of what is in the last 24 hours.
    private static readonly EventSort[] Ascending =
    [
        new("at", false, "at", row => Ticks(row.At), text => PageCursor.TimeOf(text)),
        new("reported_at", false, "reported_at", row => Ticks(row.ReportedAt), text => PageCursor.TimeOf(text)),
        new("event_name", false, "(event_name || '')", row => row.EventName, Storable),
        new("event_id", false, "(event_id || '')", row => row.EventId, Storable),
        new("status", false, "status", row => Number((int)row.Status), text => Whole(text)),
        new("version", false, "coalesce(event_version, -1)", row => Number(row.EventVersion), text => Whole(text)),
        new("attempts", false, "coalesce(attempts, -1)", row => Number(row.Attempts), text => Whole(text)),
        new("latency_ms", false, "coalesce(latency_us, -1)", row => Number(row.LatencyMs is { } ms ? (long)Math.Round(ms * 1000) : null), text => Whole(text)),
    ];

    public const string Default = "-at";

    public static string Names => string.Join(", ", Ascending.Select(sort => sort.Name));

    /// <summary>The order in which every index has its rows.</summary>
    public bool IsByTime => Name == "at";

    public string Spelled => Descending ? $"-{Name}" : Name;

    /// <param name="backward">The other way round, for the page before.</param>
    public string OrderBy(bool backward)
    {
        var (down, latestFirst) = (Descending != backward, Descending != backward);
        if (IsByTime) return latestFirst ? "at desc, event_id" : "at, event_id desc";
        return $"{Column} {(down ? "desc" : "asc")}, {(backward ? "at, event_id desc" : "at desc, event_id")}";
    }

    /// <summary>What comes after the row whose place is in @key, @key_at and @key_id, or before it. The bound outside the brackets is what an index can use.</summary>
    public string Beyond(bool backward)
    {
        var onwards = Descending != backward ? "<" : ">";
        if (IsByTime) return $"at {onwards}= @key_at and (at {onwards} @key_at or event_id {(onwards == "<" ? ">" : "<")} @key_id)";
        var (time, id) = backward ? (">", "<") : ("<", ">");
        return $"{Column} {onwards}= @key and ({Column} {onwards} @key or at {time} @key_at or (at = @key_at and event_id {id} @key_id))";
    }

    /// <summary>In the order of time, what comes before the row of @end_at and @end_id, and that row.</summary>
    public string UpTo(bool backward) => Descending != backward
        ? "at >= @end_at and (at > @end_at or event_id <= @end_id)"
        : "at <= @end_at and (at < @end_at or event_id >= @end_id)";

    /// <returns>Null for a name that is no sort.</returns>
    public static EventSort? Named(string? spelled)
    {
        spelled = string.IsNullOrEmpty(spelled) ? Default : spelled;
        var descending = spelled[0] == '-';
        var found = Ascending.FirstOrDefault(sort => string.Equals(sort.Name, descending ? spelled[1..] : spelled, StringComparison.Ordinal));
        return found is null ? null : found with { Descending = descending };
    }

    /// <returns>Null when the text is no cursor of this order.</returns>
    public EventPlace? PlaceOf(string cursor)
    {
        if (PageCursor.Parse(cursor, Spelled, parts: 6) is not { Parts: [_, var way, var key, var at, var id, var since] }) return null;
        if (way is not ("after" or "before") || Parse(key) is not { } value || PageCursor.TimeOf(at) is not { } time) return null;
        var sortedFrom = since.Length == 0 ? null : PageCursor.TimeOf(since);
        return since.Length > 0 && sortedFrom is null ? null : new EventPlace(value, time, id, way == "before", sortedFrom);
    }

    /// <param name="sortedFrom">As in <see cref="EventPlace"/>.</param>
    public string CursorAt(EventRow row, bool backward, DateTimeOffset? sortedFrom) => Cursor(backward, Key(row), row.At, row.EventId, sortedFrom);

    /// <summary>In the order of time, where no row needs to stand.</summary>
    public string CursorAt(DateTimeOffset at, string eventId, bool backward) => Cursor(backward, Ticks(at), at, eventId, sortedFrom: null);

    private string Cursor(bool backward, string key, DateTimeOffset at, string id, DateTimeOffset? sortedFrom) =>
        new PageCursor(Spelled, backward ? "before" : "after", key, Ticks(at), id, sortedFrom is { } since ? Ticks(since) : "").ToString();

    private static string Ticks(DateTimeOffset time) => Number(time.UtcTicks);

    private static string Number(long? number) => (number ?? -1).ToString(CultureInfo.InvariantCulture);

    private static string? Storable(string text) => StorableText.CanBeStored(text) ? text : null;

    private static long? Whole(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}

/// <summary>Where a page ended, and to which side of it the next one lies.</summary>
/// <param name="SortedFrom">Only what is that old or younger is in the order; null: everything.</param>
internal sealed record EventPlace(object Key, DateTimeOffset At, string EventId, bool IsBackward, DateTimeOffset? SortedFrom);
