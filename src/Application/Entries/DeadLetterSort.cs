using System.Globalization;
using EventEngine.Application.Shared;

namespace EventEngine.Application.Entries;

/// <summary>An order of dead letters: by one column, then latest death first, then by id, so that every row has one place.</summary>
internal sealed record DeadLetterSort(string Name, bool Descending, string Column, Func<DeadLetter, string> Key, Func<string, object?> Parse)
{
    public const string Default = "-dead_lettered_at";

    private static readonly DeadLetterSort[] Ascending =
    [
        new("dead_lettered_at", false, "dead_lettered_at", row => Ticks(row.DeadLetteredAt), text => PageCursor.TimeOf(text)),
        new("event_name", false, "event_name", row => row.EventName, text => text),
        new("error_class", false, "coalesce(error_class, '')", row => row.ErrorClass ?? "", text => text),
        new("attempts", false, "coalesce(attempts, -1)", row => (row.Attempts ?? -1).ToString(CultureInfo.InvariantCulture), text => Whole(text)),
    ];

    public static string Names => string.Join(", ", Ascending.Select(sort => sort.Name));

    private string List => $"dead_letters:{(Descending ? "-" : "")}{Name}";

    private bool IsByDeath => Name == "dead_lettered_at";

    /// <returns>Null for a name that is no sort.</returns>
    public static DeadLetterSort? Named(string? spelled)
    {
        spelled = string.IsNullOrEmpty(spelled) ? Default : spelled;
        var descending = spelled[0] == '-';
        var found = Ascending.FirstOrDefault(sort => string.Equals(sort.Name, descending ? spelled[1..] : spelled, StringComparison.Ordinal));
        return found is null ? null : found with { Descending = descending };
    }

    /// <param name="back">The page before a place is read backwards.</param>
    public string OrderBy(bool back)
    {
        var (column, rest) = (Word(Descending != back), Word(IsByDeath ? Descending != back : !back));
        return $"{(IsByDeath ? "" : $"{Column} {column}, ")}dead_lettered_at {rest}, event_id {rest}";
    }

    /// <summary>What lies beyond the place in @key, @key_at and @key_id. The bound outside the brackets is what an index can use.</summary>
    public string Beyond(bool back)
    {
        if (IsByDeath) return $"(dead_lettered_at, event_id) {Sign(Descending != back)} (@key_at, @key_id)";
        var onwards = Sign(Descending != back);
        return $"{Column} {onwards}= @key and ({Column} {onwards} @key or (dead_lettered_at, event_id) {Sign(!back)} (@key_at, @key_id))";
    }

    public string CursorAt(DeadLetter row, bool back) =>
        new PageCursor(List, back ? "back" : "on", Key(row), Ticks(row.DeadLetteredAt), row.EventId).ToString();

    /// <returns>Null when the text is no cursor of this order.</returns>
    public DeadLetterPlace? PlaceOf(string cursor) =>
        PageCursor.Parse(cursor, List, parts: 5) is { Parts: [_, var way, var key, var at, var id] }
        && (way is "back" or "on") && Parse(key) is { } value && PageCursor.TimeOf(at) is { } time
            ? new DeadLetterPlace(way == "back", value, time, id)
            : null;

    private static string Word(bool descending) => descending ? "desc" : "asc";

    private static string Sign(bool descending) => descending ? "<" : ">";

    private static string Ticks(DateTimeOffset time) => time.UtcTicks.ToString(CultureInfo.InvariantCulture);

    private static int? Whole(string text) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}

/// <summary>Where a page ended, or with <paramref name="Back"/> began.</summary>
internal sealed record DeadLetterPlace(bool Back, object Key, DateTimeOffset At, string EventId);
