using System.Collections.Concurrent;
using System.Text;

namespace EventEngine.Infrastructure.EventStore.Embedded;

/// <summary>One string for each type name, however often it is read.</summary>
internal static class TypeNames
{
    private const int MaxNames = 10_000, MaxLength = 256;
    private static readonly ConcurrentDictionary<string, string> Names = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> Lookup =
        Names.GetAlternateLookup<ReadOnlySpan<char>>();

    public static string Of(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > MaxLength) return Encoding.UTF8.GetString(utf8);
        Span<char> text = stackalloc char[MaxLength];
        text = text[..Encoding.UTF8.GetChars(utf8, text)];
        if (Lookup.TryGetValue(text, out var known)) return known;
        var name = text.ToString();
        return Names.Count < MaxNames ? Names.GetOrAdd(name, name) : name;
    }
}
