using System.Text;
using System.Text.Json;

namespace EventEngine.Infrastructure.Callbacks;

/// <summary>Why an app refused a retry, in its own words: the <c>message</c> or <c>error</c> of its JSON, or its plain text.</summary>
internal static class RefusalReason
{
    public const int MostBytes = 8 << 10;
    private const int MostCharacters = 300;

    /// <returns>Null when it said nothing that people can read.</returns>
    public static string? In(ReadOnlyMemory<byte> body)
    {
        var said = Text(body);
        if (said is null || said.StartsWith('<')) return null; // a page of a server in between
        var words = string.Join(' ', said.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        var plain = string.Concat(words.EnumerateRunes().Where(rune => !Rune.IsControl(rune) && rune != Rune.ReplacementChar).Take(MostCharacters));
        return plain.Length == 0 ? null : plain;
    }

    private static string? Text(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            if (json.RootElement.ValueKind == JsonValueKind.String) return json.RootElement.GetString();
            if (json.RootElement.ValueKind != JsonValueKind.Object) return null;
            return Member(json.RootElement, "message") ?? Member(json.RootElement, "error");
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return Encoding.UTF8.GetString(body.Span).Trim();
        }
    }

    private static string? Member(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
