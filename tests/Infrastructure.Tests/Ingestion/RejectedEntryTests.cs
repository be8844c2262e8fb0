using System.Text;
using static EventEngine.Infrastructure.Tests.Ingestion.Batches;

namespace EventEngine.Infrastructure.Tests.Ingestion;

public sealed class RejectedEntryTests
{
    [Theory]
    [InlineData("5", "an entry must be an object")]
    [InlineData("null", "an entry must be an object")]
    [InlineData("[{}]", "an entry must be an object")]
    [InlineData("{}", "event_id is missing")]
    [InlineData("""{"event_id":1,"event_name":"a","timestamp":"2026-11-20T23:20:31Z"}""", "status is missing")]
    [InlineData("""{"event_id":1,"event_name":"a","status":"emitted","published_at":"2026-11-20T23:20:31Z"}""", "timestamp is missing")]
    public void An_entry_lacks_what_it_needs(string entry, string reason) => Reject(entry).Reason.ShouldBe(reason);

    [Theory]
    [InlineData("\"event_id\":null", "event_id is missing")]
    [InlineData("\"event_id\":\"\"", "event_id is empty")]
    [InlineData("\"event_id\":1.0", "event_id must be an integer or a string")]
    [InlineData("\"event_id\":1e3", "event_id must be an integer or a string")]
    [InlineData("\"event_id\":-1e3", "event_id must be an integer or a string")]
    [InlineData("\"event_id\":true", "event_id must be an integer or a string")]
    [InlineData("\"event_id\":{\"a\":1}", "event_id must be an integer or a string")]
    [InlineData("\"event_id\":\"a\\u0000\"", "event_id contains NUL or half a surrogate pair")]
    [InlineData("\"event_name\":null", "event_name is missing")]
    [InlineData("\"event_name\":\"\"", "event_name is empty")]
    [InlineData("\"event_name\":17", "event_name must be a string")]
    [InlineData("\"event_name\":[\"a\"]", "event_name must be a string")]
    [InlineData("\"event_name\":\"\\ud800\"", "event_name contains NUL or half a surrogate pair")]
    [InlineData("\"status\":null", "status is missing")]
    [InlineData("\"status\":\"exploded\"", "status must be emitted, published or dead_lettered")]
    [InlineData("\"status\":\"EMITTED\"", "status must be emitted, published or dead_lettered")]
    [InlineData("\"status\":1", "status must be emitted, published or dead_lettered")]
    [InlineData("\"event_version\":-1", "event_version must be a whole number from 0 to 2147483647")]
    [InlineData("\"event_version\":2147483648", "event_version must be a whole number from 0 to 2147483647")]
    [InlineData("\"event_version\":1.0", "event_version must be a whole number from 0 to 2147483647")]
    [InlineData("\"event_version\":\"2\"", "event_version must be a whole number from 0 to 2147483647")]
    [InlineData("\"attempts\":1e2", "attempts must be a whole number from 0 to 2147483647")]
    [InlineData("\"attempts\":false", "attempts must be a whole number from 0 to 2147483647")]
    [InlineData("\"aggregate_version\":9223372036854775808", "aggregate_version must be a whole number of at most 64 bits")]
    [InlineData("\"latency_ms\":\"450\"", "latency_ms must be a number")]
    [InlineData("\"latency_ms\":1e400", "latency_ms is more than 30 years")]
    [InlineData("\"latency_ms\":-9999999999999", "latency_ms is more than 30 years")]
    [InlineData("\"event_type\":{}", "event_type must be a string")]
    [InlineData("\"idempotency_key\":7", "idempotency_key must be a string")]
    [InlineData("\"error_class\":[]", "error_class must be a string")]
    [InlineData("\"error_message\":{}", "error_message must be a string")]
    [InlineData("\"aggregate_id\":\"\\udc00\"", "aggregate_id contains NUL or half a surrogate pair")]
    public void A_field_is_not_as_it_should_be(string field, string reason) => Reject(With(field)).Reason.ShouldBe(reason);

    [Theory]
    [InlineData("0001-01-01T00:00:00Z", "timestamp is before the year 2000")]
    [InlineData("0001-01-01T00:00:00+14:00", "timestamp is before the year 2000")]
    [InlineData("1999-12-31T23:59:59Z", "timestamp is before the year 2000")]
    [InlineData("9999-12-31T23:59:59-14:00", "timestamp is more than 24 hours in the future")]
    [InlineData("2026-11-21T23:21:01Z", "timestamp is more than 24 hours in the future")]
    [InlineData("2026-11-20T23:20:31", "timestamp must be a time such as 2026-01-31T12:30:00Z")]
    [InlineData("2026-02-30T23:20:31Z", "timestamp must be a time such as 2026-01-31T12:30:00Z")]
    [InlineData("2026-11-20T24:00:00Z", "timestamp must be a time such as 2026-01-31T12:30:00Z")]
    [InlineData("2026-11-20T23:20:31.Z", "timestamp must be a time such as 2026-01-31T12:30:00Z")]
    [InlineData("2026-11-20T23:20:31+15:00", "timestamp must be a time such as 2026-01-31T12:30:00Z")]
    [InlineData("2026-11-20T23:20:31.5", "timestamp must be a time such as 2026-01-31T12:30:00Z")]
    [InlineData("yesterday", "timestamp must be a time such as 2026-01-31T12:30:00Z")]
    [InlineData("", "timestamp must be a time such as 2026-01-31T12:30:00Z")]
    public void A_time_is_wrong_or_out_of_range(string time, string reason) => Reject(With($"\"timestamp\":\"{time}\"")).Reason.ShouldBe(reason);

    [Fact]
    public void A_number_is_not_a_time() =>
        Reject(With("\"occurred_at\":1700000000")).Reason.ShouldBe("occurred_at must be a time such as 2026-01-31T12:30:00Z");

    [Theory]
    [InlineData("event_id", 201, 200)]
    [InlineData("event_name", 201, 200)]
    [InlineData("event_type", 501, 500)]
    [InlineData("idempotency_key", 501, 500)]
    [InlineData("aggregate_type", 501, 500)]
    [InlineData("aggregate_id", 501, 500)]
    [InlineData("error_class", 501, 500)]
    public void A_text_is_too_long(string field, int length, int max)
    {
        Reject(With($"\"{field}\":\"{new string('x', length)}\"")).Reason.ShouldBe($"{field} is longer than {max} characters");
        Reject(With($"\"{field}\":\"\\n{new string('é', length - 1)}\"")).Reason.ShouldBe($"{field} is longer than {max} characters");
    }

    [Fact]
    public void Invalid_utf8_rejects_only_the_entry_that_holds_it()
    {
        byte[] Bad(string field, params byte[] bytes) =>
            [.. Encoding.UTF8.GetBytes($"{Good[..^1]},\"{field}\":\""), .. bytes, .. "\"}"u8];

        Reject(Bad("event_type", 0xFF)).Reason.ShouldBe("not valid UTF-8");
        Reject(Bad("error_message", 0xC3)).Reason.ShouldBe("not valid UTF-8");
        Reject(Bad("some_unknown_field", 0xED, 0xA0, 0x80)).Reason.ShouldBe("not valid UTF-8");
        Reject(Bad("event_id", 0xC0, 0x80)).EventId.ShouldBeNull();
    }

    [Fact]
    public void A_rejection_names_the_event_where_its_own_name_and_id_are_fine()
    {
        var rejected = Reject(With("\"event_id\":77,\"attempts\":\"many\""));
        rejected.EventId.ShouldBe("77");
        rejected.EventName.ShouldBe("cow_fed");
        var tooLong = Reject(With($"\"event_id\":\"\\n{new string('é', 200)}\""));
        tooLong.EventId.ShouldBeNull();
        tooLong.EventName.ShouldBe("cow_fed");
    }

    [Fact]
    public void Deep_nesting_rejects_only_the_entry_that_holds_it()
    {
        string Nested(int levels) => With($"\"payload\":{new string('[', levels)}{new string(']', levels)}");
        Reject(Nested(65)).Reason.ShouldBe("nested deeper than 64 levels");
        Reject(Nested(100_000)).Reason.ShouldBe("nested deeper than 64 levels");
        Accept(Nested(40)).EventId.ShouldBe("1");
    }
}
