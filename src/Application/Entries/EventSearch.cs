using EventEngine.Application.Shared;

namespace EventEngine.Application.Entries;

/// <summary>
/// Events by what was typed: the beginning of an id or a part of an error, and where nothing is found so, a whole idempotency key. Each way
/// has an index of its own: where each leaves few events, these are all; where one leaves many, they are judged in order of time.
/// </summary>
public static class EventSearch
{
    /// <summary>As many matches of one kind are looked up by their index.</summary>
    private const int Few = 2_000;

    private const int ShortestPart = 3; // characters: an index of trigrams knows no shorter ones
    private const string ById = "event_id like @prefix", ByKey = "idempotency_key = @idempotency_key";
    internal const string HasError = "(error_message is not null or error_class is not null)";
    private const string ByError = "(error_message ilike @part or error_class ilike @part)";
    internal const string ByIdOrError = $"({ById} or ({HasError} and {ByError}))";

    /// <returns>The rows among which to look, and what remains to be judged of them.</returns>
    internal static async Task<EventScope> FindAsync(ReadSnapshot db, EventSql events, EventCriteria criteria)
    {
        events.During(criteria);
        if (criteria.Q is not { Length: > 0 } q) return new EventScope(events.And(criteria));
        events.With("prefix", StorableText.Prefix(q)).With("idempotency_key", q).With("part", StorableText.Part(q)).With("few", Few + 1);
        string[] ways = q.Length < ShortestPart ? [ById] : [ById, ByError];
        var found = await LookUpAsync(db, events, ways);
        if (found.TrueForAll(rows => rows.Count == 0)) found = await LookUpAsync(db, events, ways = [ByKey]); // the dearest way: it looks into every day
        return found.TrueForAll(rows => rows.Count <= Few)
            ? Among(events, found.SelectMany(rows => rows), criteria)
            : OneByOne(events, ways, isAboutErrors: found[0].Count == 0, criteria);
    }

    private static async Task<List<IReadOnlyList<KeyRow>>> LookUpAsync(ReadSnapshot db, EventSql events, string[] ways)
    {
        var found = new List<IReadOnlyList<KeyRow>>();
        foreach (var way in ways) found.Add(await db.ListAsync<KeyRow>(LookUp(events, way), events.Parameters));
        return found;
    }

    // The index of keys knows no apps. It is asked by itself: to read it together with one that knows all of the app's rows takes longer.
    private static string LookUp(EventSql events, string way) => way == ByKey
        ? $"select event_id, received_on from (select * from {Retained.Events} where {way} offset 0) as event_entries where {events.Where} limit @few"
        : $"select event_id, received_on from {Retained.Events} where {events.Where} and {way} limit @few";

    private static EventScope Among(EventSql events, IEnumerable<KeyRow> found, EventCriteria criteria)
    {
        var keys = found.Distinct().ToArray();
        events.And("(event_id, received_on) in (select * from unnest(@ids, @days))")
            .With("ids", Array.ConvertAll(keys, key => key.EventId)).With("days", Array.ConvertAll(keys, key => key.ReceivedOn));
        return new EventScope(events.AndAll(criteria), IsSmall: true);
    }

    private static EventScope OneByOne(EventSql events, string[] ways, bool isAboutErrors, EventCriteria criteria)
    {
        if (isAboutErrors) events.Lead(HasError);
        return new EventScope(events.And(criteria).Judge($"({string.Join(" or ", ways)})", needsRow: true));
    }

    private sealed record KeyRow(string EventId, DateOnly ReceivedOn);
}

/// <param name="IsSmall">The rows are so few that they can be brought into any order.</param>
internal sealed record EventScope(EventSql Sql, bool IsSmall = false)
{
    public bool IsJudged => Sql.Judged.Length > 0;

    /// <summary>As many rows are judged for one answer: fewer where each has to be fetched from wherever it lies.</summary>
    public int AtMost => Sql.NeedsRows ? 5_000 : 25_000;

    /// <summary>As many rows are brought into another order than that of time.</summary>
    public int Sortable => Sql.NeedsRows ? 5_000 : 50_000;
}
