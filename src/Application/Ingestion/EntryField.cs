using System.Text.Json;

namespace EventEngine.Application.Ingestion;

/// <summary>The fields of an entry that are kept; everything else a reporter sends is ignored.</summary>
internal enum EntryField
{
    EventId,
    EventName,
    EventType,
    EventVersion,
    IdempotencyKey,
    AggregateType,
    AggregateId,
    AggregateVersion,
    Status,
    Attempts,
    LatencyMs,
    Timestamp,
    OccurredAt,
    PublishedAt,
    DeadLetteredAt,
    ErrorClass,
    ErrorMessage,
    Unknown,
}

internal static class EntryFields
{
    private const int LongestEscapedName = 17 * 6;

    private static readonly string[] Names =
    [
        .. Enum.GetValues<EntryField>().Select(field => JsonNamingPolicy.SnakeCaseLower.ConvertName(field.ToString())),
    ];

    public static string NameOf(EntryField field) => Names[(int)field];

    public static EntryField Of(ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped) return Of(reader.ValueSpan);
        Span<byte> decoded = stackalloc byte[LongestEscapedName];
        return Of(Unescaped(reader.ValueSpan, decoded));
    }

    /// <summary>Utf8JsonReader's own comparison throws at half a surrogate pair.</summary>
    public static bool IsNamed(ref Utf8JsonReader reader, ReadOnlySpan<byte> name)
    {
        if (!reader.ValueIsEscaped) return reader.ValueSpan.SequenceEqual(name);
        Span<byte> decoded = stackalloc byte[LongestEscapedName];
        return Unescaped(reader.ValueSpan, decoded).SequenceEqual(name);
    }

    /// <returns>Nothing when the name is too long to be one of ours.</returns>
    private static ReadOnlySpan<byte> Unescaped(ReadOnlySpan<byte> name, Span<byte> decoded) =>
        name.Length <= decoded.Length ? decoded[..JsonText.Decode(name, decoded, out _)] : [];

    private static EntryField Of(ReadOnlySpan<byte> name) => name.Length switch
    {
        6 when name.SequenceEqual("status"u8) => EntryField.Status,
        8 when name.SequenceEqual("event_id"u8) => EntryField.EventId,
        8 when name.SequenceEqual("attempts"u8) => EntryField.Attempts,
        9 when name.SequenceEqual("timestamp"u8) => EntryField.Timestamp,
        10 when name.SequenceEqual("event_name"u8) => EntryField.EventName,
        10 when name.SequenceEqual("event_type"u8) => EntryField.EventType,
        10 when name.SequenceEqual("latency_ms"u8) => EntryField.LatencyMs,
        11 when name.SequenceEqual("occurred_at"u8) => EntryField.OccurredAt,
        11 when name.SequenceEqual("error_class"u8) => EntryField.ErrorClass,
        12 when name.SequenceEqual("published_at"u8) => EntryField.PublishedAt,
        12 when name.SequenceEqual("aggregate_id"u8) => EntryField.AggregateId,
        13 when name.SequenceEqual("event_version"u8) => EntryField.EventVersion,
        13 when name.SequenceEqual("error_message"u8) => EntryField.ErrorMessage,
        14 when name.SequenceEqual("aggregate_type"u8) => EntryField.AggregateType,
        15 when name.SequenceEqual("idempotency_key"u8) => EntryField.IdempotencyKey,
        16 when name.SequenceEqual("dead_lettered_at"u8) => EntryField.DeadLetteredAt,
        17 when name.SequenceEqual("aggregate_version"u8) => EntryField.AggregateVersion,
        _ => EntryField.Unknown,
    };
}
