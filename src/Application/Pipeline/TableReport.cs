using System.Text.Json;
using System.Text.Json.Serialization;

namespace EventEngine.Application.Pipeline;

/// <summary>One table on both sides.</summary>
/// <param name="Digest">The same for the same rows, in whatever order.</param>
/// <param name="Rows">The first that differ, by key; none when the tables are equal.</param>
public sealed record TableReport(
    string Table, long LiveRows, long RebuiltRows, string LiveDigest, string RebuiltDigest, IReadOnlyList<DifferingRow> Rows)
{
    [JsonIgnore]
    public bool Differs => LiveRows != RebuiltRows || LiveDigest != RebuiltDigest;
}

/// <param name="Live">The columns that differ, as the live table has them; null: it has no such row.</param>
public sealed record DifferingRow(JsonElement Key, JsonElement? Live, JsonElement? Rebuilt);

public static class Reports
{
    private static readonly JsonSerializerOptions Form = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static IReadOnlyList<TableReport> Parse(string? json) => json is null ? [] : JsonSerializer.Deserialize<List<TableReport>>(json, Form) ?? [];

    public static string ToJson(IReadOnlyList<TableReport> tables) => JsonSerializer.Serialize(tables, Form);
}
