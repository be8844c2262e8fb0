using System.Text.Json;

namespace EventEngine.Projections.Entries;

/// <summary>Texts that come again and again, such as event names, as one string each. A full place is simply taken over.</summary>
internal sealed class RepeatedText
{
    private const int Places = 512;
    private readonly string?[] _known = new string?[Places];

    public string Get(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String) throw new JsonException("A text was expected.");
        var bytes = reader.ValueSpan;
        var hash = (uint)bytes.Length;
        foreach (var b in bytes) hash = (hash * 31) + b;
        ref var known = ref _known[hash % Places];
        return known is not null && reader.ValueTextEquals(known) ? known : known = reader.GetString()!;
    }
}
