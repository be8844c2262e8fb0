using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using EventEngine.Domain.Entries;

namespace EventEngine.Application.Ingestion;

/// <summary>
/// Judges the fields of an entry while writing them as an <c>EntryReported</c>, in the form and order in which FactJson writes one.
/// Each step returns the reason for which the entry is rejected, or null.
/// </summary>
internal readonly ref partial struct EntryWriter
{
    private const int MaxName = 200, MaxText = 500, MaxErrorMessageBytes = 16 * 1024;

    /// <summary>About 31 years, as far as times reach back: in microseconds it is far from the end of a long.</summary>
    private const double MaxLatencyMs = 1e12;
    private const int LatencyDigitsInRange = 12, MaxNumberLength = 32, MaxShortEscaped = Rfc3339.MaxLength * 6;

    private static readonly long EarliestTicks = new DateTime(2000, 1, 1).Ticks;

    private readonly ReadOnlySpan<byte> _body;
    private readonly byte[] _receivedAt;
    private readonly long _latestTicks;
    private readonly EventNames? _names;

    public EntryWriter(ReadOnlySpan<byte> body, DateTimeOffset receivedAt, EventNames? names)
    {
        _body = body;
        _names = names;
        _latestTicks = receivedAt.UtcTicks + TimeSpan.TicksPerDay;
        _receivedAt = new byte[Rfc3339.MaxLength];
        Array.Resize(ref _receivedAt, new Rfc3339(receivedAt.UtcTicks, 0, false).Write(_receivedAt));
    }

    public string? WriteReported(ref FactBuffer json, in EntrySlots slots)
    {
        WriteStart(ref json);
        var defect = WriteEventId(ref json, slots)
            ?? WriteEventName(ref json, slots)
            ?? WriteStatus(ref json, slots, out var status)
            ?? WriteTimestamp(ref json, slots, status)
            ?? WriteText(ref json, slots, EntryField.EventType, ",\"event_type\":\""u8, MaxText)
            ?? WriteCount(ref json, slots, EntryField.EventVersion, ",\"event_version\":"u8)
            ?? WriteText(ref json, slots, EntryField.IdempotencyKey, ",\"idempotency_key\":\""u8, MaxText)
            ?? WriteText(ref json, slots, EntryField.AggregateType, ",\"aggregate_type\":\""u8, MaxText)
            ?? WriteText(ref json, slots, EntryField.AggregateId, ",\"aggregate_id\":\""u8, MaxText)
            ?? WriteAggregateVersion(ref json, slots)
            ?? WriteCount(ref json, slots, EntryField.Attempts, ",\"attempts\":"u8)
            ?? WriteLatency(ref json, slots)
            ?? WriteTime(ref json, slots, EntryField.OccurredAt, ",\"occurred_at\":\""u8)
            ?? WriteTime(ref json, slots, EntryField.PublishedAt, ",\"published_at\":\""u8)
            ?? WriteTime(ref json, slots, EntryField.DeadLetteredAt, ",\"dead_lettered_at\":\""u8)
            ?? WriteErrorText(ref json, slots);
        json.Write("}"u8);
        return defect;
    }

    public void WriteRejected(ref FactBuffer json, int index, string reason, in EntrySlots slots)
    {
        WriteStart(ref json);
        if (index > 0)
        {
            json.Write(",\"index\":"u8);
            json.Write(index);
        }

        json.Write(",\"reason\":\""u8);
        Span<byte> text = stackalloc byte[reason.Length];
        json.WriteEscaped(text[..System.Text.Encoding.ASCII.GetBytes(reason, text)]);
        json.Write("\""u8);
        var whole = json.Length;
        if (WriteEventId(ref json, slots) is not null) json.CutBackTo(whole);
        whole = json.Length;
        if (WriteText(ref json, slots, EntryField.EventName, ",\"event_name\":\""u8, MaxName, isRequired: true) is not null) json.CutBackTo(whole);
        json.Write("}"u8);
    }

    private void WriteStart(ref FactBuffer json)
    {
        json.Write("{\"at\":\""u8);
        json.Write(_receivedAt);
        json.Write("\""u8);
    }

    private string? WriteEventId(ref FactBuffer json, in EntrySlots slots)
    {
        if (!slots.TryGet(EntryField.EventId, out var slot) || slot.Type != JsonTokenType.Number)
            return WriteText(ref json, slots, EntryField.EventId, ",\"event_id\":\""u8, MaxName, isRequired: true, kind: "an integer or a string");
        var number = ValueOf(slot);
        if (number.TrimStart((byte)'-').ContainsAnyExceptInRange((byte)'0', (byte)'9')) return "event_id must be an integer or a string";
        if (number.Length > MaxName) return TooLong(EntryField.EventId, MaxName);
        json.Write(",\"event_id\":\""u8);
        json.Write(number);
        json.Write("\""u8);
        return null;
    }

    private string? WriteEventName(ref FactBuffer json, in EntrySlots slots)
    {
        var start = json.Length + ",\"event_name\":\""u8.Length;
        if (WriteText(ref json, slots, EntryField.EventName, ",\"event_name\":\""u8, MaxName, isRequired: true) is { } defect) return defect;
        var written = json.Slice(start, json.Length - start - 1).Span;
        return _names is null || _names.Admit(written) ? null : $"the app already has {EventNames.Max:N0} event names";
    }

    private string? WriteStatus(ref FactBuffer json, in EntrySlots slots, out EntryStatus status)
    {
        status = EntryStatus.Emitted;
        if (!slots.TryGet(EntryField.Status, out var slot)) return "status is missing";
        if (slot.Type != JsonTokenType.String || !TryStatus(slot, out status)) return "status must be emitted, published or dead_lettered";
        json.Write(status switch
        {
            EntryStatus.Published => ",\"status\":\"published\""u8,
            EntryStatus.DeadLettered => ",\"status\":\"dead_lettered\""u8,
            _ => default, // FactJson leaves defaults out
        });
        return null;
    }

    private string? WriteTimestamp(ref FactBuffer json, in EntrySlots slots, EntryStatus status)
    {
        var field = slots.TryGet(EntryField.Timestamp, out _) ? EntryField.Timestamp : status switch
        {
            EntryStatus.Published => EntryField.PublishedAt,
            EntryStatus.DeadLettered => EntryField.DeadLetteredAt,
            _ => EntryField.OccurredAt,
        };
        return slots.TryGet(field, out _) ? WriteTime(ref json, slots, field, ",\"timestamp\":\""u8) : "timestamp is missing";
    }

    private string? WriteTime(ref FactBuffer json, in EntrySlots slots, EntryField field, ReadOnlySpan<byte> opening)
    {
        if (!slots.TryGet(field, out var slot)) return null;
        if (slot.Type != JsonTokenType.String || !TryTime(slot, out var time))
            return $"{EntryFields.NameOf(field)} must be a time such as 2026-01-31T12:30:00Z";
        if (time.UtcTicks < EarliestTicks) return $"{EntryFields.NameOf(field)} is before the year 2000";
        if (time.UtcTicks > _latestTicks) return $"{EntryFields.NameOf(field)} is more than 24 hours in the future";
        json.Write(opening);
        if (time.IsPlain) json.Write(ValueOf(slot));
        else json.Write(time);
        json.Write("\""u8);
        return null;
    }

    private string? WriteCount(ref FactBuffer json, in EntrySlots slots, EntryField field, ReadOnlySpan<byte> opening)
    {
        if (!slots.TryGet(field, out var slot)) return null;
        var number = ValueOf(slot);
        if (slot.Type != JsonTokenType.Number || !Utf8Parser.TryParse(number, out int value, out var used) || used != number.Length || value < 0)
            return $"{EntryFields.NameOf(field)} must be a whole number from 0 to {int.MaxValue}";
        json.Write(opening);
        json.Write(number);
        return null;
    }

    private string? WriteAggregateVersion(ref FactBuffer json, in EntrySlots slots)
    {
        if (!slots.TryGet(EntryField.AggregateVersion, out var slot)) return null;
        var number = ValueOf(slot);
        if (slot.Type != JsonTokenType.Number || !Utf8Parser.TryParse(number, out long _, out var used) || used != number.Length)
            return "aggregate_version must be a whole number of at most 64 bits";
        json.Write(",\"aggregate_version\":"u8);
        json.Write(number);
        return null;
    }

    private string? WriteLatency(ref FactBuffer json, in EntrySlots slots)
    {
        if (!slots.TryGet(EntryField.LatencyMs, out var slot)) return null;
        if (slot.Type != JsonTokenType.Number) return "latency_ms must be a number";
        var number = ValueOf(slot);
        if (number.Length > LatencyDigitsInRange || number.IndexOfAny((byte)'e', (byte)'E') >= 0)
        {
            if (!double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || !(Math.Abs(value) <= MaxLatencyMs))
                return "latency_ms is more than 30 years";
            if (number.Length > MaxNumberLength)
            {
                json.Write(",\"latency_ms\":"u8);
                json.Write(value);
                return null;
            }
        }

        json.Write(",\"latency_ms\":"u8);
        json.Write(number);
        return null;
    }

    private bool TryStatus(Slot slot, out EntryStatus status)
    {
        Span<byte> scratch = stackalloc byte[slot.Escaped ? MaxShortEscaped : 0];
        scoped var value = ValueOf(slot);
        if (slot.Escaped && value.Length <= scratch.Length) value = scratch[..JsonText.Decode(value, scratch, out _)];
        status = value.SequenceEqual("published"u8) ? EntryStatus.Published : value.SequenceEqual("dead_lettered"u8) ? EntryStatus.DeadLettered : EntryStatus.Emitted;
        return status != EntryStatus.Emitted || value.SequenceEqual("emitted"u8);
    }

    private bool TryTime(Slot slot, out Rfc3339 time)
    {
        if (!slot.Escaped) return Rfc3339.TryParse(ValueOf(slot), out time);
        Span<byte> scratch = stackalloc byte[MaxShortEscaped];
        var text = slot.Length <= scratch.Length ? scratch[..JsonText.Decode(ValueOf(slot), scratch, out _)] : default;
        var parsed = Rfc3339.TryParse(text, out time);
        time = time with { IsPlain = false };
        return parsed;
    }

    private ReadOnlySpan<byte> ValueOf(Slot slot) => _body.Slice(slot.Start, slot.Length);
}
