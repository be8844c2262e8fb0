using System.Text.Json;
using System.Text.Json.Serialization;

namespace EventEngine.Web.Pages.Shared;

/// <summary>One chart as its script reads it (Assets/chart-data.ts): seconds since 1970, null where there is no value.</summary>
/// <param name="Kind">area, lines or bars.</param>
/// <param name="Unfinished">The last bucket is not over yet.</param>
/// <param name="Events">Where a click on a point leads, without its time; null: nowhere.</param>
/// <param name="Summary">What the picture shows, in a sentence, for those who don't see it.</param>
public sealed record ChartView(
    string Kind,
    string Unit,
    long From,
    long To,
    long Step,
    bool Unfinished,
    IReadOnlyList<long> X,
    IReadOnlyList<ChartSeries> Series,
    string? Events,
    string Empty,
    [property: JsonIgnore] string Id,
    [property: JsonIgnore] string Summary,
    [property: JsonIgnore] string Height = "",
    IReadOnlyList<ChartMark>? Marks = null)
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Safe inside a script element: the serializer escapes what could close it.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Options);

    public static long StepSeconds(string step) => step switch
    {
        "1m" => 60,
        "5m" => 300,
        "1h" => 3600,
        _ => 86_400,
    };
}

/// <param name="Colour">A token: c1, c2, c3, bad.</param>
public sealed record ChartSeries(string Label, string Colour, IReadOnlyList<double?> Values);
