using System.Globalization;
using EventEngine.Application.Shared;

namespace EventEngine.Application.Schemas;

/// <summary>An order of the catalog. Names make it total, so that a page goes on exactly where the one before ended.</summary>
internal sealed record SchemaSort(string Field, bool IsDescending)
{
    private const string List = "schemas";

    private static readonly Dictionary<string, Func<SchemaRow, string>> Keys = new(StringComparer.Ordinal)
    {
        ["event_name"] = _ => "",
        ["versions"] = row => Number(row.Versions.Count),
        ["apps"] = row => Number(row.Apps.Count),
        ["verdict"] = row => Number((int)row.Verdict),
        ["last_24h"] = row => Number(row.Volume.Last24Hours),
        ["last_30d"] = row => Number(row.Volume.Last30Days),
        ["last_seen_at"] = row => Number(row.LastSeenAt?.UtcTicks ?? 0),
        ["last_changed_at"] = row => Number(row.LastChangedAt.UtcTicks),
    };

    public static string Words { get; } = string.Join(", ", Keys.Keys);

    /// <returns>Null when there is no such order.</returns>
    public static SchemaSort? Parse(string? sort)
    {
        var field = sort is { Length: > 0 } ? sort.TrimStart('-') : "event_name";
        return Keys.ContainsKey(field) ? new SchemaSort(field, sort?.StartsWith('-') == true) : null;
    }

    public IEnumerable<SchemaRow> Order(IEnumerable<SchemaRow> rows) => rows.OrderBy(Place, Comparer<(string, string)>.Create(Compare));

    public bool IsAfter(SchemaRow row, PageCursor cursor) => Compare(Place(row), (cursor.Parts[1], cursor.Parts[2])) > 0;

    public PageCursor CursorAt(SchemaRow row) => new($"{List} {this}", Place(row).Key, row.EventName);

    /// <returns>Null when it is not of this order.</returns>
    public PageCursor? Read(string cursor) => PageCursor.Parse(cursor, $"{List} {this}", parts: 3);

    public override string ToString() => IsDescending ? $"-{Field}" : Field;

    private (string Key, string Name) Place(SchemaRow row) => (Keys[Field](row), row.EventName);

    private int Compare((string Key, string Name) a, (string Key, string Name) b)
    {
        var byKey = string.CompareOrdinal(a.Key, b.Key);
        if (byKey != 0) return IsDescending ? -byKey : byKey;
        var byName = string.CompareOrdinal(a.Name, b.Name);
        return IsDescending && Field == "event_name" ? -byName : byName;
    }

    private static string Number(long number) => number.ToString("D19", CultureInfo.InvariantCulture);
}
