using System.Buffers;
using System.Buffers.Text;
using System.Runtime.CompilerServices;

namespace EventEngine.Application.Ingestion;

/// <summary>The JSON of all facts of a request, in one pooled array. Room is made once per fact, so that writing its parts never grows it.</summary>
internal struct FactBuffer(int capacity) : IDisposable
{
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(capacity);

    public int Length { get; private set; }

    public readonly Span<byte> Free => _bytes.AsSpan(Length);

    public void Reserve(int bytes)
    {
        if (_bytes.Length - Length >= bytes) return;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_bytes.Length * 2, Length + bytes));
        _bytes.AsSpan(0, Length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)] // most texts are constants, and copied in one or two moves
    public void Write(scoped ReadOnlySpan<byte> text)
    {
        text.CopyTo(Free);
        Length += text.Length;
    }

    public void Write(int number)
    {
        Utf8Formatter.TryFormat(number, Free, out var written);
        Length += written;
    }

    public void Write(double number)
    {
        number.TryFormat(Free, out var written, "R");
        Length += written;
    }

    public void Write(Rfc3339 time) => Length += time.Write(Free);

    public void WriteEscaped(scoped ReadOnlySpan<byte> text) => Length += JsonText.Escape(text, Free);

    public void CutBackTo(int length) => Length = length;

    /// <summary>Valid until the next <see cref="Reserve"/>.</summary>
    public readonly ReadOnlyMemory<byte> Slice(int start, int length) => _bytes.AsMemory(start, length);

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
        Length = 0;
    }
}
