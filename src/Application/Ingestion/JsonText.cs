using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace EventEngine.Application.Ingestion;

/// <summary>
/// The inside of JSON strings, as UTF-8. .NET's own reader throws at lone surrogates, and lets NUL through;
/// here both become U+FFFD and are told, so that the caller can repair or reject.
/// </summary>
internal static class JsonText
{
    private static readonly SearchValues<byte> MustEscape = SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(b => (byte)b), (byte)'"', (byte)'\\']);

    private static ReadOnlySpan<byte> Replacement => "\uFFFD"u8;

    /// <summary>Resolves the escapes of a string that Utf8JsonReader has passed. <paramref name="text"/> is at least as long as <paramref name="raw"/>.</summary>
    /// <param name="repaired">There was a NUL or a lone surrogate, now U+FFFD.</param>
    /// <returns>The length of the text.</returns>
    public static int Decode(ReadOnlySpan<byte> raw, Span<byte> text, out bool repaired)
    {
        repaired = false;
        var written = 0;
        while (raw.IndexOf((byte)'\\') is >= 0 and var escape)
        {
            raw[..escape].CopyTo(text[written..]);
            written += escape;
            written += DecodeEscape(ref raw, escape, text[written..], ref repaired);
        }

        raw.CopyTo(text[written..]);
        return written + raw.Length;
    }

    /// <summary>Writes text with the fewest escapes; at most six times as long as <paramref name="text"/>.</summary>
    /// <returns>How many bytes were written.</returns>
    public static int Escape(ReadOnlySpan<byte> text, Span<byte> raw)
    {
        var written = 0;
        while (text.IndexOfAny(MustEscape) is >= 0 and var special)
        {
            text[..special].CopyTo(raw[written..]);
            written += special;
            written += EscapeOne(text[special], raw[written..]);
            text = text[(special + 1)..];
        }

        text.CopyTo(raw[written..]);
        return written + text.Length;
    }

    /// <summary>Unicode code points in valid UTF-8.</summary>
    public static int CountCharacters(ReadOnlySpan<byte> text)
    {
        var count = 0;
        foreach (var b in text) count += (b & 0xC0) == 0x80 ? 0 : 1;
        return count;
    }

    /// <summary>The longest beginning that has at most <paramref name="bytes"/> bytes and ends between two characters.</summary>
    public static ReadOnlySpan<byte> Cut(ReadOnlySpan<byte> text, int bytes)
    {
        if (text.Length <= bytes) return text;
        while (bytes > 0 && (text[bytes] & 0xC0) == 0x80) bytes--;
        return text[..bytes];
    }

    private static int DecodeEscape(ref ReadOnlySpan<byte> raw, int escape, Span<byte> text, ref bool repaired)
    {
        var kind = raw[escape + 1];
        if (kind != 'u')
        {
            raw = raw[(escape + 2)..];
            text[0] = kind switch { (byte)'n' => 10, (byte)'t' => 9, (byte)'r' => 13, (byte)'b' => 8, (byte)'f' => 12, _ => kind };
            return 1;
        }

        var first = (char)HexAt(raw, escape);
        raw = raw[(escape + 6)..];
        if (char.IsHighSurrogate(first) && raw.StartsWith("\\u"u8) && (char)HexAt(raw, 0) is var second && char.IsLowSurrogate(second))
        {
            raw = raw[6..];
            return new Rune(first, second).EncodeToUtf8(text);
        }

        if (first != 0 && Rune.TryCreate(first, out var rune)) return rune.EncodeToUtf8(text);
        repaired = true;
        Replacement.CopyTo(text);
        return Replacement.Length;
    }

    private static int HexAt(ReadOnlySpan<byte> raw, int escape) =>
        Utf8Parser.TryParse(raw.Slice(escape + 2, 4), out ushort value, out _, 'x') ? value : throw new FormatException("An escape without four digits.");

    private static int EscapeOne(byte special, Span<byte> raw)
    {
        raw[0] = (byte)'\\';
        raw[1] = special switch { 10 => (byte)'n', 9 => (byte)'t', 13 => (byte)'r', 8 => (byte)'b', 12 => (byte)'f', < 0x20 => (byte)'u', _ => special };
        if (raw[1] != 'u') return 2;
        "00"u8.CopyTo(raw[2..]);
        Utf8Formatter.TryFormat(special, raw[4..], out _, new StandardFormat('x', 2));
        return 6;
    }
}
