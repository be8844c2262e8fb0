using System.Buffers;

namespace EventEngine.Domain.Entries;

/// <summary>How the days of an event that was received on more than one are kept in its row: a version byte, then each day's own fold.</summary>
public static class DayList
{
    private const byte Version = 1;

    public static byte[] Encode(IReadOnlyList<ReceivedDay> days)
    {
        var buffer = new ArrayBufferWriter<byte>(128);
        buffer.GetSpan(1)[0] = Version;
        buffer.Advance(1);
        Varint.Write(buffer, (ulong)days.Count);
        foreach (var (day, entry) in days) Write(buffer, day, entry);
        return buffer.WrittenSpan.ToArray();
    }

    /// <exception cref="FormatException">The bytes are not a list of days of a known version.</exception>
    public static ReceivedDay[] Decode(ReadOnlySpan<byte> from)
    {
        if (from.IsEmpty || from[0] != Version) throw new FormatException("Days of an unknown version.");
        from = from[1..];
        var count = Varint.Read(ref from);
        if (count > (ulong)from.Length) throw new FormatException("A list of days is cut short.");
        var days = new ReceivedDay[count];
        for (var i = 0; i < days.Length; i++) days[i] = Read(ref from);
        return days;
    }

    private static void Write(IBufferWriter<byte> to, DateOnly day, EventEntry entry)
    {
        Varint.Write(to, (ulong)day.DayNumber);
        Varint.WriteText(to, entry.EventName);
        WriteText(to, entry.EventType);
        WriteNumber(to, entry.EventVersion);
        WriteText(to, entry.IdempotencyKey);
        WriteText(to, entry.AggregateType);
        WriteText(to, entry.AggregateId);
        WriteNumber(to, entry.AggregateVersion);
        WriteText(to, entry.ReporterVersion);
        TransitionList.Encode(entry.Transitions, to);
    }

    private static ReceivedDay Read(ref ReadOnlySpan<byte> from)
    {
        var day = DateOnly.FromDayNumber((int)Varint.Read(ref from));
        var name = Varint.ReadText(ref from);
        var (type, version, key) = (ReadText(ref from), ReadNumber(ref from), ReadText(ref from));
        var (aggregateType, aggregateId, aggregateVersion) = (ReadText(ref from), ReadText(ref from), ReadNumber(ref from));
        var reporterVersion = ReadText(ref from);
        return new ReceivedDay(day, new EventEntry(name, TransitionList.Decode(ref from))
        {
            EventType = type,
            EventVersion = (int?)version,
            IdempotencyKey = key,
            AggregateType = aggregateType,
            AggregateId = aggregateId,
            AggregateVersion = aggregateVersion,
            ReporterVersion = reporterVersion,
        });
    }

    private static void WriteText(IBufferWriter<byte> to, string? text)
    {
        Varint.Write(to, text is null ? 0u : 1u);
        if (text is not null) Varint.WriteText(to, text);
    }

    private static string? ReadText(ref ReadOnlySpan<byte> from) => Varint.Read(ref from) == 0 ? null : Varint.ReadText(ref from);

    private static void WriteNumber(IBufferWriter<byte> to, long? number)
    {
        Varint.Write(to, number is null ? 0u : 1u);
        if (number is { } known) Varint.WriteSigned(to, known);
    }

    private static long? ReadNumber(ref ReadOnlySpan<byte> from) => Varint.Read(ref from) == 0 ? null : Varint.ReadSigned(ref from);
}
