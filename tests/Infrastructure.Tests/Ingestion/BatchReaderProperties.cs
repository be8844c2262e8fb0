using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using EventEngine.Application.EventStore;
using EventEngine.Application.Ingestion;
using EventEngine.Domain.Entries;
using EventEngine.Domain.Ingestion;
using FsCheck;
using FsCheck.Fluent;
using static EventEngine.Infrastructure.Tests.Ingestion.Batches;

namespace EventEngine.Infrastructure.Tests.Ingestion;

public sealed class BatchReaderProperties
{
    private static readonly JsonSerializerOptions Escaping = new(), Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public void What_is_written_is_what_FactJson_reads()
    {
        Prop.ForAll(Arb.From(Entries), entry =>
        {
            var (body, expected) = entry;
            var fact = Read(body).ShouldHaveSingleItem();
            fact.ShouldBe(expected);
            FactJson.Deserialize(FactTypes.NameOf(fact.GetType()), FactJson.Serialize(fact)).ShouldBe(fact);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));
    }

    [Fact]
    public void Plain_entries_are_written_byte_for_byte_as_FactJson_writes_them()
    {
        var entry = With("\"status\":\"dead_lettered\",\"timestamp\":\"2026-11-20T18:20:31-05:00\",\"attempts\":0,\"latency_ms\":1.5,\"error_class\":\"A::B\"");
        using var batch = BatchReader.Read(Of(entry, "1"), ReceivedAt);
        for (var i = 0; i < batch.Count; i++)
        {
            var (type, data) = batch[i];
            Encoding.UTF8.GetString(data.Span).ShouldBe(Encoding.UTF8.GetString(FactJson.Serialize(FactJson.Deserialize(type, data.Span))));
        }
    }

    [Fact]
    public void Mutated_bodies_are_refused_or_yield_facts_that_can_be_stored()
    {
        Prop.ForAll(Arb.From(Mutated), body =>
        {
            try
            {
                foreach (var fact in Read(body)) AssertCanBeStored(fact);
            }
            catch (NotABatchException)
            {
                // a documented answer
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20_000));
    }

    private static void AssertCanBeStored(Domain.Shared.IFact fact)
    {
        FactJson.Deserialize(FactTypes.NameOf(fact.GetType()), FactJson.Serialize(fact)).ShouldBe(fact);
        if (fact is not EntryReported entry) return;
        string?[] texts =
        [
            entry.EventId, entry.EventName, entry.EventType, entry.IdempotencyKey, entry.AggregateType, entry.AggregateId, entry.ErrorClass, entry.ErrorMessage,
        ];
        foreach (var text in texts.OfType<string>())
        {
            text.ShouldNotContain('\0');
            new UTF8Encoding(false, throwOnInvalidBytes: true).GetByteCount(text).ShouldBeLessThanOrEqualTo(16 * 1024);
        }

        entry.EventId.ShouldNotBeEmpty();
        entry.EventName.ShouldNotBeEmpty();
        foreach (var time in new[] { entry.Timestamp, entry.OccurredAt, entry.PublishedAt, entry.DeadLetteredAt }.OfType<DateTimeOffset>())
            time.ShouldBeInRange(new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero), ReceivedAt.AddDays(1));
        if (entry.LatencyMs is { } latency) Math.Abs(latency).ShouldBeLessThanOrEqualTo(1e12);
    }

    private static Gen<(byte[] Body, EntryReported Expected)> Entries =>
        from id in Text(200)
        from name in Text(200)
        from status in Gen.Elements(Enum.GetValues<EntryStatus>())
        from timestamp in Time
        from texts in Text(500).ArrayOf(5)
        from present in Gen.Choose(0, 1).ArrayOf(12)
        from whole in Gen.Choose(0, int.MaxValue)
        from aggregateVersion in ArbMap.Default.GeneratorFor<long>()
        from latency in Gen.Choose(-1_000_000, 1_000_000).Select(n => n / 1000.0)
        from times in Time.ArrayOf(3)
        from message in Text(500)
        from encoder in Gen.Elements(Escaping, Relaxed)
        let expected = new EntryReported(
            ReceivedAt, id, name, status, timestamp,
            present[0] == 1 ? texts[0] : null, present[1] == 1 ? whole : null, present[2] == 1 ? texts[1] : null, present[3] == 1 ? texts[2] : null,
            present[4] == 1 ? texts[3] : null, present[5] == 1 ? aggregateVersion : null, present[6] == 1 ? whole : null, present[7] == 1 ? latency : null,
            present[8] == 1 ? times[0] : null, present[9] == 1 ? times[1] : null, present[10] == 1 ? times[2] : null, present[11] == 1 ? texts[4] : null,
            present[0] == 1 ? message : null)
        select (Body(expected, encoder), expected);

    private static byte[] Body(EntryReported e, JsonSerializerOptions encoder) => JsonSerializer.SerializeToUtf8Bytes(
        new
        {
            entries = new[]
            {
                new
                {
                    event_id = e.EventId, event_name = e.EventName, status = JsonNamingPolicy.SnakeCaseLower.ConvertName(e.Status.ToString()),
                    timestamp = e.Timestamp, event_type = e.EventType, event_version = e.EventVersion, idempotency_key = e.IdempotencyKey,
                    aggregate_type = e.AggregateType, aggregate_id = e.AggregateId, aggregate_version = e.AggregateVersion, attempts = e.Attempts,
                    latency_ms = e.LatencyMs, occurred_at = e.OccurredAt, published_at = e.PublishedAt, dead_lettered_at = e.DeadLetteredAt,
                    error_class = e.ErrorClass, error_message = e.ErrorMessage, payload = new { secret = e.EventName },
                },
            },
        }, encoder);

    private static Gen<string> Text(int max) =>
        from length in Gen.Choose(1, 40)
        from runes in Gen.OneOf(
            Gen.Choose(1, 0x7F),
            Gen.Choose(0x20, 0x7E),
            Gen.Choose(0x80, 0xD7FF),
            Gen.Choose(0xE000, 0x10FFFF)).Select(c => new Rune(c).ToString()).ArrayOf(length)
        select string.Concat(runes.Take(max));

    private static Gen<DateTimeOffset> Time =>
        from ticks in Gen.Choose(0, int.MaxValue).Select(n => (long)n * 1_234_567)
        from minutes in Gen.Choose(-14 * 60, 14 * 60)
        select new DateTimeOffset(new DateTime(2001, 1, 1).AddTicks(ticks), TimeSpan.FromMinutes(minutes));

    private static Gen<byte[]> Mutated =>
        from seed in Gen.Elements(Seeds)
        from edits in Gen.Zip(Gen.Choose(0, seed.Length - 1), Gen.Elements(Splices)).ListOf()
        select edits.Take(6).Aggregate(seed, (body, edit) =>
        {
            var at = Math.Min(edit.Item1, body.Length);
            return [.. body[..at], .. edit.Item2, .. body[Math.Min(at + edit.Item2.Length % 3, body.Length)..]];
        });

    private static readonly byte[][] Seeds =
    [
        Of(Good, With("\"status\":\"published\",\"latency_ms\":1.5,\"event_version\":3")),
        Of(With("\"status\":\"dead_lettered\",\"error_class\":\"A::B\",\"error_message\":\"it \\n broke \\ud83d\\ude00 é\",\"attempts\":5")),
        Of(With("\"payload\":{\"a\":[1,2,{\"b\":null}]},\"occurred_at\":\"2026-11-20T18:20:31.123-05:00\",\"aggregate_version\":-1,\"idempotency_key\":\"k\\\\\"")),
    ];

    private static readonly byte[][] Splices =
    [
        .. new[] { "", "\"", "\\", "\\u0000", "\\ud800", "\\udc00", "{", "}", "[", "]", ",", ":", "0", "-", "1e9", "null", "true", "9999", "\n", "é", "😀", "\"event_id\":" }
            .Select(Encoding.UTF8.GetBytes),
        [0xFF], [0xC3], [0xED, 0xA0, 0x80], [0], [0x1F], [0xE2, 0x82],
    ];
}
