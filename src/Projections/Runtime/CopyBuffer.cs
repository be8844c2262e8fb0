using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Npgsql;

namespace EventEngine.Projections.Runtime;

/// <summary>
/// Rows in Postgres' binary COPY format. Written by hand because the general importer resolves every value's type anew: on the hot path
/// that costs more than everything else that happens to an entry.
/// </summary>
internal sealed class CopyBuffer
{
    private static readonly byte[] Header = [.. "PGCOPY\n"u8, 0xFF, .. "\r\n\0"u8, 0, 0, 0, 0, 0, 0, 0, 0];
    private static readonly DateTimeOffset Epoch = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly int EpochDay = DateOnly.FromDateTime(Epoch.UtcDateTime).DayNumber;

    private const int Large = 1 << 16;

    private readonly ArrayBufferWriter<byte> _buffer = new(2 * Large);
    private NpgsqlRawCopyStream? _copy;

    public int Rows { get; private set; }

    public void Row(short columns)
    {
        if (Rows++ == 0) _buffer.Write(Header);
        BinaryPrimitives.WriteInt16BigEndian(_buffer.GetSpan(2), columns);
        _buffer.Advance(2);
    }

    public void Uuid(Guid value)
    {
        value.TryWriteBytes(Value(16), bigEndian: true, out _);
        _buffer.Advance(16);
    }

    public void Text(string? value)
    {
        if (value is null)
        {
            Null();
            return;
        }

        var span = _buffer.GetSpan(4 + Encoding.UTF8.GetMaxByteCount(value.Length));
        var length = Encoding.UTF8.GetBytes(value, span[4..]);
        BinaryPrimitives.WriteInt32BigEndian(span, length);
        _buffer.Advance(4 + length);
    }

    public void Bytes(ReadOnlySpan<byte> value)
    {
        value.CopyTo(Value(value.Length));
        _buffer.Advance(value.Length);
    }

    public void Bool(bool value)
    {
        Value(1)[0] = value ? (byte)1 : (byte)0;
        _buffer.Advance(1);
    }

    public void Short(short value)
    {
        BinaryPrimitives.WriteInt16BigEndian(Value(2), value);
        _buffer.Advance(2);
    }

    public void Int(int? value)
    {
        if (value is not { } known)
        {
            Null();
            return;
        }

        BinaryPrimitives.WriteInt32BigEndian(Value(4), known);
        _buffer.Advance(4);
    }

    public void Long(long? value)
    {
        if (value is not { } known)
        {
            Null();
            return;
        }

        BinaryPrimitives.WriteInt64BigEndian(Value(8), known);
        _buffer.Advance(8);
    }

    public void Time(DateTimeOffset? value) => Long(value is { } known ? (known.UtcTicks - Epoch.UtcTicks) / TimeSpan.TicksPerMicrosecond : null);

    public void Null()
    {
        BinaryPrimitives.WriteInt32BigEndian(_buffer.GetSpan(4), -1);
        _buffer.Advance(4);
    }

    public void Date(DateOnly value) => Int(value.DayNumber - EpochDay);

    /// <summary>Sends what has gathered once it is much, so that Postgres works on it while more rows are made. Nothing else can be asked of the connection from then on until <see cref="SendAsync"/>.</summary>
    /// <param name="copy">A <c>copy … from stdin (format binary)</c>, as for <see cref="SendAsync"/>.</param>
    public ValueTask FlowAsync(NpgsqlConnection db, string copy, CancellationToken ct) =>
        _buffer.WrittenCount < Large ? ValueTask.CompletedTask : new ValueTask(FlushAsync(db, copy, ct));

    /// <summary>Sends the rows and empties the buffer; nothing at all when there are none.</summary>
    public async Task SendAsync(NpgsqlConnection db, string copy, CancellationToken ct)
    {
        if (Rows == 0) return;
        BinaryPrimitives.WriteInt16BigEndian(_buffer.GetSpan(2), -1);
        _buffer.Advance(2);
        await FlushAsync(db, copy, ct);
        await _copy!.DisposeAsync();
        Clear();
    }

    /// <summary>Also after a failure: the connection, and with it what was sent, is given up by whoever has it.</summary>
    public void Clear()
    {
        _buffer.ResetWrittenCount();
        (Rows, _copy) = (0, null);
    }

    private async Task FlushAsync(NpgsqlConnection db, string copy, CancellationToken ct)
    {
        _copy ??= await db.BeginRawBinaryCopyAsync(copy, ct);
        await _copy.WriteAsync(_buffer.WrittenMemory, ct);
        _buffer.ResetWrittenCount();
    }

    private Span<byte> Value(int length)
    {
        BinaryPrimitives.WriteInt32BigEndian(_buffer.GetSpan(4), length);
        _buffer.Advance(4);
        return _buffer.GetSpan(length);
    }
}
