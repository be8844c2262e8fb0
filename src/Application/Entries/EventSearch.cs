using EventEngine.Application.Shared;

namespace EventEngine.Application.Entries;

/// <summary>
/// Events by what was typed. Most ways in which an event can match have an index of their own: where each leaves few events, these are all;
/// where one leaves many, they are judged one after the other in order of time. Idempotency keys have no index, for which every event would
/// have to pay: the latest events are looked through for them.
/// </summary>
public static class EventSearch
{
    /// <summary>As many matches of one kind are looked up by their index.</summary>
    private const int Few = 2_000;

    /// <summary>As many events, the latest of those in question, are looked through for an idempotency key.</summary>
    public const int LookedThrough = 5_000;

    private const int ShortestPart = 3; // characters: an index of trigrams knows no shorter ones
    private const string ById = "event_id like @prefix", ByKey = "idempotency_key like @prefix";
    internal const string HasError = "(error_message is not null or error_class is not null)";
    private const string ByError = "(error_message ilike @part or error_class ilike @part)";

    /// <returns>The rows among which to look, and what remains to be judged of them.</returns>
    internal static async Task<EventScope> FindAsync(ReadSnapshot db, EventSql events, EventCriteria criteria)
    {
        events.During(criteria);
        if (criteria.Q is not { Length: > 0 } q) return new EventScope(events.And(criteria));
        events.With("prefix", StorableText.Prefix(q)).With("part", StorableText.Part(q)).With("few", Few + 1);
        string[] ways = q.Length < ShortestPart ? [ById, ByKey] : [ById, ByKey, ByError];
        var found = new List<IReadOnlyList<KeyRow>>();
        foreach (var way in ways) found.Add(await db.ListAsync<KeyRow>(LookUp(events, way), events.Parameters));
        return found.TrueForAll(rows => rows.Count <= Few) ? Among(events, found.SelectMany(rows => rows), criteria) : OneByOne(events, ways, found, criteria);
    }

    private static string LookUp(EventSql events, string way)
    {
        var rows = $"{Retained.Events} where {events.Where}";
        if (way == ByKey) rows = $"(select * from {rows} order by at desc, event_id limit {LookedThrough}) as event_entries where true";
        return $"select event_id, received_on from {rows} and {way} limit @few";
    }

    private static EventScope Among(EventSql events, IEnumerable<KeyRow> found, EventCriteria criteria)
    {
        var keys = found.Distinct().ToArray();
        events.And("(event_id, received_on) in (select * from unnest(@ids, @days))")
            .With("ids", Array.ConvertAll(keys, key => key.EventId)).With("days", Array.ConvertAll(keys, key => key.ReceivedOn));
        return new EventScope(events.AndAll(criteria), IsSmall: true);
    }

    private static EventScope OneByOne(EventSql events, string[] ways, List<IReadOnlyList<KeyRow>> found, EventCriteria criteria)
    {
        var isAboutErrors = found[0].Count == 0 && found[1].Count == 0;
        if (isAboutErrors) events.Lead(HasError);
        return new EventScope(events.And(criteria).Judge($"({string.Join(" or ", ways)})", needsRow: true));
    }

    private sealed record KeyRow(string EventId, DateOnly ReceivedOn);
}

/// <param name="IsSmall">The rows are so few that they can be brought into any order.</param>
internal sealed record EventScope(EventSql Sql, bool IsSmall = false)
{
    public bool IsJudged => Sql.Judged.Length > 0;

    /// <summary>As many rows are judged, or brought into another order, for one answer: fewer where each has to be fetched from wherever it lies.</summary>
    public int AtMost => Sql.NeedsRows ? 5_000 : 25_000;
}
