using System.Buffers;
using System.Text;

namespace EventEngine.Domain.Entries;

/// <summary>Seven bits a byte, smallest first; signed numbers zigzag, so that small ones of either sign stay short.</summary>
internal static class Varint
{
    public static void Write(IBufferWriter<byte> to, ulong value)
    {
        var span = to.GetSpan(10);
        var length = 0;
        while (value >= 0x80)
        {
            span[length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        span[length++] = (byte)value;
        to.Advance(length);
    }

    public static void WriteSigned(IBufferWriter<byte> to, long value) => Write(to, (ulong)((value << 1) ^ (value >> 63)));

    public static void WriteText(IBufferWriter<byte> to, string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        Write(to, (ulong)length);
        Encoding.UTF8.GetBytes(text, to.GetSpan(length));
        to.Advance(length);
    }

    /// <exception cref="FormatException">The bytes end early, or say more than 64 bits.</exception>
    public static ulong Read(ref ReadOnlySpan<byte> from)
    {
        ulong value = 0;
        for (var i = 0; i < from.Length && i < 10; i++)
        {
            value |= (ulong)(from[i] & 0x7F) << (7 * i);
            if (from[i] >= 0x80) continue;
            from = from[(i + 1)..];
            return value;
        }

        throw new FormatException("A number is cut short.");
    }

    /// <exception cref="FormatException">The bytes end early, or say more than 64 bits.</exception>
    public static long ReadSigned(ref ReadOnlySpan<byte> from)
    {
        var value = Read(ref from);
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    /// <exception cref="FormatException">The bytes end early.</exception>
    public static string ReadText(ref ReadOnlySpan<byte> from)
    {
        var length = Read(ref from);
        if (length > (ulong)from.Length) throw new FormatException("A text is cut short.");
        var text = Encoding.UTF8.GetString(from[..(int)length]);
        from = from[(int)length..];
        return text;
    }
}
