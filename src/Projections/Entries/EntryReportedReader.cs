using System.Text.Json;
using EventEngine.Application.EventStore;
using EventEngine.Domain.Entries;
using EventEngine.Domain.Ingestion;

namespace EventEngine.Projections.Entries;

/// <summary>
/// Reads <see cref="EntryReported"/> without the general serializer, which boxes each of its twenty values: nearly everything in the store
/// is one of these. Says the same as <see cref="FactJson"/>, and a test compares the two.
/// </summary>
internal sealed class EntryReportedReader
{
    // In the order in which they are written, so that the next one is nearly always the next name.
    private static readonly string[] Names =
    [
        "at", "event_id", "event_name", "status", "timestamp", "event_type", "event_version", "idempotency_key", "aggregate_type", "aggregate_id",
        "aggregate_version", "attempts", "latency_ms", "occurred_at", "published_at", "dead_lettered_at", "error_class", "error_message",
        "error_message_length", "error_text_repaired",
    ];

    private static readonly JsonEncodedText[] Encoded = Array.ConvertAll(Names, name => JsonEncodedText.Encode(name));
    private readonly RepeatedText _texts = new();

    /// <exception cref="JsonException">The data is no reported entry.</exception>
    /// <exception cref="InvalidOperationException">A value is of another kind.</exception>
    /// <exception cref="FormatException">A time or number is none.</exception>
    public EntryReported Read(ReadOnlySpan<byte> data)
    {
        var reader = new Utf8JsonReader(data);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) throw new JsonException("An entry is an object.");
        var fields = default(Fields);
        var expected = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var field = Find(ref reader, expected);
            reader.Read();
            if (field >= 0) expected = field + 1;
            if (field < 0) reader.Skip();
            else if (reader.TokenType != JsonTokenType.Null) Read(ref reader, field, ref fields);
        }

        if (reader.Read()) throw new JsonException("Something follows the entry.");
        return fields.ToEntry();
    }

    private static int Find(ref Utf8JsonReader reader, int expected)
    {
        for (var i = expected; i < Encoded.Length; i++)
        {
            if (reader.ValueTextEquals(Encoded[i].EncodedUtf8Bytes)) return i;
        }

        for (var i = 0; i < expected; i++)
        {
            if (reader.ValueTextEquals(Encoded[i].EncodedUtf8Bytes)) return i;
        }

        return -1;
    }

    private static EntryStatus StatusOf(ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("published"u8)) return EntryStatus.Published;
        if (reader.ValueTextEquals("dead_lettered"u8)) return EntryStatus.DeadLettered;
        return reader.ValueTextEquals("emitted"u8) ? EntryStatus.Emitted : throw new JsonException("An unknown status.");
    }

    private void Read(ref Utf8JsonReader reader, int field, ref Fields to)
    {
        switch (field)
        {
            case 0: to.At = reader.GetDateTimeOffset(); break;
            case 1: to.EventId = reader.GetString(); break;
            case 2: to.EventName = _texts.Get(ref reader); break;
            case 3: to.Status = StatusOf(ref reader); break;
            case 4: to.Timestamp = reader.GetDateTimeOffset(); break;
            case 5: to.EventType = _texts.Get(ref reader); break;
            case 6: to.EventVersion = reader.GetInt32(); break;
            case 7: to.IdempotencyKey = reader.GetString(); break;
            case 8: to.AggregateType = _texts.Get(ref reader); break;
            case 9: to.AggregateId = reader.GetString(); break;
            case 10: to.AggregateVersion = reader.GetInt64(); break;
            case 11: to.Attempts = reader.GetInt32(); break;
            case 12: to.LatencyMs = reader.GetDouble(); break;
            case 13: to.OccurredAt = reader.GetDateTimeOffset(); break;
            case 14: to.PublishedAt = reader.GetDateTimeOffset(); break;
            case 15: to.DeadLetteredAt = reader.GetDateTimeOffset(); break;
            case 16: to.ErrorClass = _texts.Get(ref reader); break;
            case 17: to.ErrorMessage = reader.GetString(); break;
            case 18: to.ErrorMessageLength = reader.GetInt32(); break;
            default: to.ErrorTextRepaired = reader.GetBoolean(); break;
        }
    }

    private struct Fields
    {
        public DateTimeOffset At, Timestamp;
        public DateTimeOffset? OccurredAt, PublishedAt, DeadLetteredAt;
        public string? EventId, EventName, EventType, IdempotencyKey, AggregateType, AggregateId, ErrorClass, ErrorMessage;
        public int? EventVersion, Attempts, ErrorMessageLength;
        public long? AggregateVersion;
        public double? LatencyMs;
        public EntryStatus Status;
        public bool ErrorTextRepaired;

        public readonly EntryReported ToEntry() => new(
            At,
            EventId ?? throw new JsonException("An entry has an event_id."),
            EventName ?? throw new JsonException("An entry has an event_name."),
            Status,
            Timestamp,
            EventType,
            EventVersion,
            IdempotencyKey,
            AggregateType,
            AggregateId,
            AggregateVersion,
            Attempts,
            LatencyMs,
            OccurredAt,
            PublishedAt,
            DeadLetteredAt,
            ErrorClass,
            ErrorMessage,
            ErrorMessageLength,
            ErrorTextRepaired);
    }
}
