using EventEngine.Application.Shared;

namespace EventEngine.Application.Entries;

/// <summary>
/// Rows by what was typed: each way in which a row can match is looked up by itself, because each has an index of its own and all of
/// them together have none. Idempotency keys have no index, which every event would pay for: the latest 10,000 rows are looked through.
/// </summary>
internal static class EventSearch
{
    public const string HasError = "(error_message is not null or error_class is not null)";

    /// <param name="place">Where the page before ended, as a condition; null at the top.</param>
    /// <param name="tail">Order and limit.</param>
    public static string Rows(EventSql events, string? q, string? place, string tail)
    {
        var further = place is null ? "" : $" and {place}";
        if (q is not { Length: > 0 }) return $"(select * from {Retained.Events} where {events.Where}{further} {tail}) as found";
        events.With("prefix", StorableText.Prefix(q)).With("part", StorableText.Part(q));
        return $"""
            ((select * from {Retained.Events} where {events.Where} and event_id like @prefix{further} {tail})
             union
             (select * from {Retained.Events}
              where {events.Where} and {HasError} and (error_message ilike @part or error_class ilike @part){further} {tail})
             union
             (select * from (select * from {Retained.Events} where {events.Where} order by at desc, event_id limit 10000) as latest
              where idempotency_key like @prefix{further} {tail})) as found
            """;
    }
}
