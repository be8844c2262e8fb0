using EventEngine.Domain.Entries;
using static EventEngine.Infrastructure.Tests.Ingestion.Batches;

namespace EventEngine.Infrastructure.Tests.Ingestion;

public sealed class AcceptedEntryTests
{
    [Fact]
    public void The_plans_richest_entry_is_kept_whole()
    {
        var entry = Accept("""
            {"event_id":12345,"event_name":"order.placed","event_type":"domain","event_version":2,"idempotency_key":"abc-123","status":"published",
             "aggregate_type":"Order","aggregate_id":"17","aggregate_version":-3,"attempts":1,"latency_ms":450.25,
             "occurred_at":"2026-01-15T10:30:00Z","published_at":"2026-01-15T05:30:00.4500000-05:00","dead_lettered_at":null,
             "error_message":null,"error_class":null,"timestamp":"2026-01-15T10:30:01Z","payload":{"secret":[1,{"a":2}]},"metadata":{"x":"y"}}
            """);

        entry.ShouldBe(new Domain.Ingestion.EntryReported(
            ReceivedAt, "12345", "order.placed", EntryStatus.Published, DateTimeOffset.Parse("2026-01-15T10:30:01Z"), "domain", 2, "abc-123",
            "Order", "17", -3, 1, 450.25, DateTimeOffset.Parse("2026-01-15T10:30:00Z"), DateTimeOffset.Parse("2026-01-15T10:30:00.45Z")));
        entry.PublishedAt!.Value.Offset.ShouldBe(TimeSpan.FromHours(-5));
    }

    [Theory]
    [InlineData("7", "7")]
    [InlineData("-7", "-7")]
    [InlineData("\"7\"", "7")]
    [InlineData("\"018f-uuid\"", "018f-uuid")]
    [InlineData("123456789012345678901234567890", "123456789012345678901234567890")]
    [InlineData("\"\\u00e9\\ud83d\\ude00\\\"\\\\\\n\"", "é😀\"\\\n")]
    public void An_event_id_is_an_integer_or_a_string(string json, string id) => Accept(With($"\"event_id\":{json}")).EventId.ShouldBe(id);

    [Theory]
    [InlineData("2026-11-20T18:20:31-05:00", "2026-11-20T23:20:31Z", -300)]
    [InlineData("2026-11-20T23:20:31+00:00", "2026-11-20T23:20:31Z", 0)]
    [InlineData("2026-11-20T23:20:31-00:00", "2026-11-20T23:20:31Z", 0)]
    [InlineData("2026-11-20t23:20:31.5z", "2026-11-20T23:20:31.5Z", 0)]
    [InlineData("2026-11-20 23:20:31Z", "2026-11-20T23:20:31Z", 0)]
    [InlineData("2026-11-20T23:20:31.123456789012Z", "2026-11-20T23:20:31.1234567Z", 0)]
    [InlineData("2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z", 0)]
    [InlineData("2000-01-01T00:00:00Z", "2000-01-01T00:00:00Z", 0)]
    [InlineData("2026-11-21T23:20:59Z", "2026-11-21T23:20:59Z", 0)]
    [InlineData("2026\\u002d11-20T23:20:31Z", "2026-11-20T23:20:31Z", 0)]
    public void A_time_keeps_its_offset(string time, string utc, int offsetMinutes)
    {
        var timestamp = Accept(With($"\"timestamp\":\"{time}\"")).Timestamp;
        timestamp.ShouldBe(DateTimeOffset.Parse(utc));
        timestamp.Offset.TotalMinutes.ShouldBe(offsetMinutes);
    }

    [Theory]
    [InlineData("emitted", "occurred_at")]
    [InlineData("published", "published_at")]
    [InlineData("dead_lettered", "dead_lettered_at")]
    public void A_missing_timestamp_is_taken_from_the_time_of_its_status(string status, string field) =>
        Accept($$"""{"event_id":1,"event_name":"a","status":"{{status}}","{{field}}":"{{Time}}"}""").Timestamp.ShouldBe(DateTimeOffset.Parse(Time));

    [Fact]
    public void The_last_of_duplicate_fields_wins_also_when_its_name_is_escaped()
    {
        Accept(With("\"event_name\":5,\"event_name\":\"sheep_fed\"")).EventName.ShouldBe("sheep_fed");
        Accept(With("\"event\\u005fname\":\"sheep_fed\"")).EventName.ShouldBe("sheep_fed");
        Accept(With("\"event_type\":\"a\",\"event_type\":null")).EventType.ShouldBeNull();
        Accept(With("\"status\":\"publishe\\u0064\"")).Status.ShouldBe(EntryStatus.Published);
    }

    [Theory]
    [InlineData("-12.5", -12.5)]
    [InlineData("0", 0)]
    [InlineData("1e3", 1000)]
    [InlineData("1e-400", 0)]
    [InlineData("0.00000000000000000000000000000000000000012", 1.2e-40)]
    [InlineData("999999999999.5", 999999999999.5)]
    public void A_latency_is_any_number_of_milliseconds(string json, double latency) => Accept(With($"\"latency_ms\":{json}")).LatencyMs.ShouldBe(latency);

    [Fact]
    public void A_long_error_message_is_cut_between_characters_and_its_length_kept()
    {
        var entry = Accept(With($"\"error_message\":\"x{string.Concat(Enumerable.Repeat("😀", 25_000))}\""));
        entry.ErrorMessage.ShouldBe("x" + string.Concat(Enumerable.Repeat("😀", 4095)));
        entry.ErrorMessageLength.ShouldBe(25_001);
        Accept(With("\"error_message\":\"short\"")).ErrorMessageLength.ShouldBeNull();
    }

    [Fact]
    public void Error_text_that_cannot_be_stored_is_repaired_and_marked()
    {
        var entry = Accept(With("\"error_class\":\"A\\u0000B\",\"error_message\":\"\\ud800 \\udc00\\ud83d\\u0041 \\\"ok\\\"\""));
        entry.ErrorClass.ShouldBe("A\uFFFDB");
        entry.ErrorMessage.ShouldBe("\uFFFD \uFFFD\uFFFDA \"ok\"");
        entry.ErrorTextRepaired.ShouldBeTrue();
        Accept(With("\"error_message\":\"\\ud83d\\ude00 \\\\u0000\"")).ErrorTextRepaired.ShouldBeFalse();
    }

    [Fact]
    public void Texts_of_the_longest_allowed_length_are_kept()
    {
        var name = string.Concat(Enumerable.Repeat("é", 200));
        Accept(With($"\"event_name\":\"{name}\",\"event_id\":\"{name}\"")).EventName.ShouldBe(name);
        var key = new string('k', 500);
        Accept(With($"\"idempotency_key\":\"{key}\"")).IdempotencyKey.ShouldBe(key);
    }
}
