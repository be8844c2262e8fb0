using System.Globalization;
using EventEngine.Application.Shared;

namespace EventEngine.Application.DeadLetters;

/// <summary>An order of groups: by one number, then by fingerprint. They are few, and sorted in memory.</summary>
internal sealed record GroupSort(string Name, bool Descending, Func<DeadLetterGroup, long> Key)
{
    private static readonly GroupSort[] Ascending =
    [
        new("last_at", false, group => group.LastAt.UtcTicks),
        new("first_at", false, group => group.FirstAt.UtcTicks),
        new("count", false, group => group.Count),
        new("ever", false, group => group.CountEver),
    ];

    public static string Names => string.Join(", ", Ascending.Select(sort => sort.Name));

    private string List => $"dead_letter_groups:{(Descending ? "-" : "")}{Name}";

    /// <returns>Null for a name that is no sort.</returns>
    public static GroupSort? Named(string? spelled)
    {
        spelled = string.IsNullOrEmpty(spelled) ? "-last_at" : spelled;
        var found = Array.Find(Ascending, sort => sort.Name == spelled.TrimStart('-'));
        return found is null || spelled.StartsWith("--", StringComparison.Ordinal) ? null : found with { Descending = spelled[0] == '-' };
    }

    public GroupPlace? PlaceOf(string cursor) =>
        PageCursor.Parse(cursor, List, parts: 4) is { Parts: [_, var way, var key, var fingerprint] } && (way is "back" or "on")
        && long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? new GroupPlace(way == "back", value, fingerprint)
            : null;

    public Page<DeadLetterGroup> Page(DeadLetterGroup[] groups, string? cursor, int limit)
    {
        Array.Sort(groups, (one, other) => Compare(Key(one), one.Fingerprint, Key(other), other.Fingerprint));
        var place = cursor is null ? null : PlaceOf(cursor);
        var start = place is null ? 0 : Array.FindIndex(groups, group => IsFrom(group, place));
        if (start < 0) start = groups.Length;
        if (place is { Back: true }) (start, limit) = (Math.Max(0, start - limit), Math.Min(limit, start));
        var shown = groups.Skip(start).Take(limit).ToArray();
        if (shown.Length == 0) return new Page<DeadLetterGroup>(shown, null);
        return new Page<DeadLetterGroup>(
            shown, start + shown.Length < groups.Length ? CursorAt("on", shown[^1]) : null, start > 0 ? CursorAt("back", shown[0]) : null);
    }

    private bool IsFrom(DeadLetterGroup group, GroupPlace place) =>
        Compare(Key(group), group.Fingerprint, place.Key, place.Fingerprint) is var order && (place.Back ? order >= 0 : order > 0);

    private int Compare(long key, string fingerprint, long otherKey, string otherFingerprint)
    {
        var byKey = Descending ? otherKey.CompareTo(key) : key.CompareTo(otherKey);
        return byKey != 0 ? byKey : string.CompareOrdinal(fingerprint, otherFingerprint);
    }

    private string CursorAt(string way, DeadLetterGroup group) =>
        new PageCursor(List, way, Key(group).ToString(CultureInfo.InvariantCulture), group.Fingerprint).ToString();
}

/// <summary>Where a page ended, or with <paramref name="Back"/> began.</summary>
internal sealed record GroupPlace(bool Back, long Key, string Fingerprint);
