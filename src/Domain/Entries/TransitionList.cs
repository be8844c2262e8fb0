using System.Buffers;

namespace EventEngine.Domain.Entries;

/// <summary>
/// How the transitions of one event are kept in its row: a version byte, then one record each, in order of identity.
/// Times are differences to the transition's own timestamp, so that they stay short.
/// </summary>
public static class TransitionList
{
    private const byte Version = 2;
    private const uint StatusBits = 3;

    [Flags]
    private enum Has : uint
    {
        None = 0,
        Attempts = 4,
        Latency = 8,
        OccurredAt = 16,
        PublishedAt = 32,
        DeadLetteredAt = 64,
        ErrorClass = 128,
        ErrorMessage = 256,
        ErrorMessageLength = 512,
        ErrorTextRepaired = 1024,
    }

    public static byte[] Encode(IReadOnlyList<Transition> transitions)
    {
        var buffer = new ArrayBufferWriter<byte>(32);
        Encode(transitions, buffer);
        return buffer.WrittenSpan.ToArray();
    }

    public static void Encode(IReadOnlyList<Transition> transitions, IBufferWriter<byte> to)
    {
        to.GetSpan(1)[0] = Version;
        to.Advance(1);
        Varint.Write(to, (ulong)transitions.Count);
        for (var i = 0; i < transitions.Count; i++) Write(to, transitions[i]);
    }

    /// <exception cref="FormatException">The bytes are not a list of transitions of a known version.</exception>
    public static Transition[] Decode(ReadOnlySpan<byte> from)
    {
        var transitions = Decode(ref from);
        return from.IsEmpty ? transitions : throw new FormatException("Something follows the transitions.");
    }

    internal static Transition[] Decode(ref ReadOnlySpan<byte> from)
    {
        if (from.IsEmpty || from[0] != Version) throw new FormatException("Transitions of an unknown version.");
        from = from[1..];
        var count = Varint.Read(ref from);
        if (count > (ulong)from.Length) throw new FormatException("A list of transitions is cut short.");
        var transitions = new Transition[count];
        for (var i = 0; i < transitions.Length; i++) transitions[i] = Read(ref from);
        return transitions;
    }

    private static void Write(IBufferWriter<byte> to, Transition transition)
    {
        Varint.Write(to, (ulong)Describe(transition));
        Varint.WriteSigned(to, Microseconds.SinceEpoch(transition.Timestamp));
        WriteTime(to, transition.Timestamp, transition.ReceivedAt);
        if (transition.Attempts is { } attempts) Varint.WriteSigned(to, attempts);
        if (transition.ReportedLatencyUs is { } latency) Varint.WriteSigned(to, latency);
        if (transition.OccurredAt is { } occurredAt) WriteTime(to, transition.Timestamp, occurredAt);
        if (transition.PublishedAt is { } publishedAt) WriteTime(to, transition.Timestamp, publishedAt);
        if (transition.DeadLetteredAt is { } deadLetteredAt) WriteTime(to, transition.Timestamp, deadLetteredAt);
        if (transition.ErrorClass is { } errorClass) Varint.WriteText(to, errorClass);
        if (transition.ErrorMessage is { } message) Varint.WriteText(to, message);
        if (transition.ErrorMessageLength is { } length) Varint.WriteSigned(to, length);
    }

    private static Transition Read(ref ReadOnlySpan<byte> from)
    {
        var has = (Has)Varint.Read(ref from);
        var timestamp = Microseconds.FromEpoch(Varint.ReadSigned(ref from));
        var receivedAt = ReadTime(ref from, timestamp);
        int? attempts = has.HasFlag(Has.Attempts) ? (int)Varint.ReadSigned(ref from) : null;
        return new Transition((EntryStatus)((uint)has & StatusBits), timestamp, attempts, receivedAt)
        {
            ReportedLatencyUs = has.HasFlag(Has.Latency) ? Varint.ReadSigned(ref from) : null,
            OccurredAt = has.HasFlag(Has.OccurredAt) ? ReadTime(ref from, timestamp) : null,
            PublishedAt = has.HasFlag(Has.PublishedAt) ? ReadTime(ref from, timestamp) : null,
            DeadLetteredAt = has.HasFlag(Has.DeadLetteredAt) ? ReadTime(ref from, timestamp) : null,
            ErrorClass = has.HasFlag(Has.ErrorClass) ? Varint.ReadText(ref from) : null,
            ErrorMessage = has.HasFlag(Has.ErrorMessage) ? Varint.ReadText(ref from) : null,
            ErrorMessageLength = has.HasFlag(Has.ErrorMessageLength) ? (int)Varint.ReadSigned(ref from) : null,
            ErrorTextRepaired = has.HasFlag(Has.ErrorTextRepaired),
        };
    }

    private static Has Describe(Transition transition)
    {
        var has = (Has)transition.Status;
        if (transition.Attempts is not null) has |= Has.Attempts;
        if (transition.ReportedLatencyUs is not null) has |= Has.Latency;
        if (transition.OccurredAt is not null) has |= Has.OccurredAt;
        if (transition.PublishedAt is not null) has |= Has.PublishedAt;
        if (transition.DeadLetteredAt is not null) has |= Has.DeadLetteredAt;
        if (transition.ErrorClass is not null) has |= Has.ErrorClass;
        if (transition.ErrorMessage is not null) has |= Has.ErrorMessage;
        if (transition.ErrorMessageLength is not null) has |= Has.ErrorMessageLength;
        if (transition.ErrorTextRepaired) has |= Has.ErrorTextRepaired;
        return has;
    }

    private static void WriteTime(IBufferWriter<byte> to, DateTimeOffset origin, DateTimeOffset time) =>
        Varint.WriteSigned(to, Microseconds.Between(origin, time));

    private static DateTimeOffset ReadTime(ref ReadOnlySpan<byte> from, DateTimeOffset origin) =>
        origin.AddTicks(Varint.ReadSigned(ref from) * TimeSpan.TicksPerMicrosecond);
}
