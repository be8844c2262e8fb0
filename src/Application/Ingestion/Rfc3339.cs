namespace EventEngine.Application.Ingestion;

/// <summary>
/// A time as RFC 3339 writes it. <see cref="IsPlain"/> says that its text can be kept as it is: System.Text.Json reads
/// neither a small t or z, nor a leap second.
/// </summary>
internal readonly record struct Rfc3339(long UtcTicks, int OffsetMinutes, bool IsPlain)
{
    /// <summary>The longest text that <see cref="Write"/> produces, and longer than any sensible input.</summary>
    public const int MaxLength = 40;

    private const int ShortestLength = 20, FractionDigits = 7, LargestOffset = 14 * 60;

    public static bool TryParse(ReadOnlySpan<byte> text, out Rfc3339 time)
    {
        time = default;
        if (text.Length is < ShortestLength or > MaxLength) return false;
        if (text[4] != '-' || text[7] != '-' || text[10] is not ((byte)'T' or (byte)'t' or (byte)' ') || text[13] != ':' || text[16] != ':') return false;
        var year = (Two(text, 0) * 100) + Two(text, 2);
        int month = Two(text, 5), day = Two(text, 8), hour = Two(text, 11), minute = Two(text, 14), second = Two(text, 17);
        if ((year | month | day | hour | minute | second) < 0) return false;
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)) return false;
        if (hour > 23 || minute > 59 || second > 60) return false;

        var rest = text[19..];
        if (!TryFraction(ref rest, out var fraction, out var digits) || !TryOffset(rest, out var offset)) return false;
        var ticks = new DateTime(year, month, day, hour, minute, 0).Ticks + (second * TimeSpan.TicksPerSecond) + fraction;
        var plain = text[10] == 'T' && rest[0] != 'z' && second < 60 && digits <= FractionDigits;
        time = new Rfc3339(ticks - (offset * TimeSpan.TicksPerMinute), offset, plain);
        return true;
    }

    /// <summary>Writes the form that System.Text.Json writes. The time lies between the years 1 and 9999.</summary>
    /// <returns>How many bytes were written, at most <see cref="MaxLength"/>.</returns>
    public int Write(Span<byte> text)
    {
        var local = new DateTime(UtcTicks + (OffsetMinutes * TimeSpan.TicksPerMinute));
        local.TryFormat(text, out var written, local.Ticks % TimeSpan.TicksPerSecond == 0 ? "yyyy-MM-ddTHH:mm:ss" : "yyyy-MM-ddTHH:mm:ss.FFFFFFF");
        var offset = Math.Abs(OffsetMinutes);
        text[written++] = (byte)(OffsetMinutes < 0 ? '-' : '+');
        WriteTwo(text[written..], offset / 60);
        text[written + 2] = (byte)':';
        WriteTwo(text[(written + 3)..], offset % 60);
        return written + 5;
    }

    private static bool TryFraction(ref ReadOnlySpan<byte> rest, out long ticks, out int digits)
    {
        ticks = 0;
        digits = 0;
        if (rest[0] != '.') return true;
        rest = rest[1..];
        for (; digits < rest.Length && rest[digits] is >= (byte)'0' and <= (byte)'9'; digits++)
            if (digits < FractionDigits) ticks = (ticks * 10) + rest[digits] - '0';
        for (var missing = digits; missing < FractionDigits; missing++) ticks *= 10;
        rest = rest[digits..];
        return digits > 0 && rest.Length > 0;
    }

    private static bool TryOffset(ReadOnlySpan<byte> rest, out int minutes)
    {
        minutes = 0;
        if (rest is [(byte)'Z' or (byte)'z']) return true;
        if (rest.Length != 6 || rest[0] is not ((byte)'+' or (byte)'-') || rest[3] != ':') return false;
        int hours = Two(rest, 1), rests = Two(rest, 4);
        if ((hours | rests) < 0 || rests > 59 || (hours * 60) + rests > LargestOffset) return false;
        minutes = ((hours * 60) + rests) * (rest[0] == '-' ? -1 : 1);
        return true;
    }

    /// <returns>A negative number, also after multiplication and or-ing, when these are not two digits.</returns>
    private static int Two(ReadOnlySpan<byte> text, int at)
    {
        uint tens = (uint)text[at] - '0', ones = (uint)text[at + 1] - '0';
        return tens > 9 || ones > 9 ? -1_000_000 : (int)((tens * 10) + ones);
    }

    private static void WriteTwo(Span<byte> text, int value)
    {
        text[0] = (byte)('0' + (value / 10));
        text[1] = (byte)('0' + (value % 10));
    }
}
