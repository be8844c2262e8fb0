using System.Globalization;
using EventEngine.Application.Shared;

namespace EventEngine.Application.Entries;

/// <summary>
/// An order of event rows: by one column, then latest first, then by id, so that every row has one place. Rows without a value come
/// before all others, going up.
/// </summary>
internal sealed record EventSort(string Name, bool Descending, string Column, Func<EventRow, string> Key, Func<string, object?> Parse)
{
    private static readonly EventSort[] Ascending =
    [
        new("at", false, "at", row => Ticks(row.At), text => PageCursor.TimeOf(text)),
        new("reported_at", false, "reported_at", row => Ticks(row.ReportedAt), text => PageCursor.TimeOf(text)),
        new("event_name", false, "event_name", row => row.EventName, text => StorableText.CanBeStored(text) ? text : null),
        new("status", false, "status", row => Number((int)row.Status), text => Whole(text)),
        new("version", false, "coalesce(event_version, -1)", row => Number(row.EventVersion), text => Whole(text)),
        new("attempts", false, "coalesce(attempts, -1)", row => Number(row.Attempts), text => Whole(text)),
        new("latency_ms", false, "coalesce(latency_us, -1)", row => Number(row.LatencyMs is { } ms ? (long)Math.Round(ms * 1000) : null), text => Whole(text)),
    ];

    public const string Default = "-at";

    public static string Names => string.Join(", ", Ascending.Select(sort => sort.Name));

    public string Spelled => Descending ? $"-{Name}" : Name;

    public string OrderBy => Name == "at"
        ? Descending ? "at desc, event_id" : "at, event_id desc"
        : $"{Column} {(Descending ? "desc" : "asc")}, at desc, event_id";

    /// <summary>What comes after the row whose place is in @key, @key_at and @key_id. The bound outside the brackets is what an index can use.</summary>
    public string After => Name == "at"
        ? Descending ? "at <= @key and (at < @key or event_id > @key_id)" : "at >= @key and (at > @key or event_id < @key_id)"
        : $"{Column} {Onwards}= @key and ({Column} {Onwards} @key or at < @key_at or (at = @key_at and event_id > @key_id))";

    private string Onwards => Descending ? "<" : ">";

    /// <returns>Null for a name that is no sort.</returns>
    public static EventSort? Named(string? spelled)
    {
        spelled = string.IsNullOrEmpty(spelled) ? Default : spelled;
        var descending = spelled[0] == '-';
        var found = Ascending.FirstOrDefault(sort => string.Equals(sort.Name, descending ? spelled[1..] : spelled, StringComparison.Ordinal));
        return found is null ? null : found with { Descending = descending };
    }

    /// <returns>Null when the text is no cursor of this order.</returns>
    public EventPlace? PlaceOf(string cursor) =>
        PageCursor.Parse(cursor, Spelled, parts: 4) is { Parts: [_, var key, var at, var id] } && Parse(key) is { } value && PageCursor.TimeOf(at) is { } time
            ? new EventPlace(value, time, id)
            : null;

    public PageCursor CursorAfter(EventRow row) => new(Spelled, Key(row), Ticks(row.At), row.EventId);

    private static string Ticks(DateTimeOffset time) => Number(time.UtcTicks);

    private static string Number(long? number) => (number ?? -1).ToString(CultureInfo.InvariantCulture);

    private static long? Whole(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}

/// <summary>Where a page ended.</summary>
internal sealed record EventPlace(object Key, DateTimeOffset At, string EventId);
