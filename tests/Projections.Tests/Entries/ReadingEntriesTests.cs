using System.Text;
using System.Text.Json;
using EventEngine.Application.EventStore;
using EventEngine.Domain.Entries;
using EventEngine.Domain.Ingestion;
using EventEngine.Projections.Entries;
using FsCheck;
using FsCheck.Fluent;

namespace EventEngine.Projections.Tests.Entries;

/// <summary>The reader of the hot path says what the serializer of all facts says.</summary>
public sealed class ReadingEntriesTests
{
    private static readonly Gen<string?> Text = Gen.Elements<string?>(null, "", "a", "ä\u2028\"\\", "emoji 🐄", new string('x', 300));
    private static readonly Gen<DateTimeOffset?> Time =
        from known in Gen.Elements(true, false)
        from ticks in Gen.Choose(0, int.MaxValue)
        from offset in Gen.Choose(-14, 14)
        select known ? new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.FromHours(offset)).AddTicks(ticks * 100_000L) : (DateTimeOffset?)null;

    private static readonly Gen<EntryReported> Any =
        from texts in Text.ArrayOf(8)
        from times in Time.ArrayOf(5)
        from number in Gen.Elements<int?>(null, 0, 1, int.MaxValue, -5)
        from latency in Gen.Elements<double?>(null, 0, 12.5, 1e300)
        from status in Gen.Elements(EntryStatus.Emitted, EntryStatus.Published, EntryStatus.DeadLettered)
        select new EntryReported(
            times[0] ?? default, texts[0] ?? "1", texts[1] ?? "n", status, times[1] ?? default, texts[2], number, texts[3], texts[4], texts[5], number, number,
            latency, times[2], times[3], times[4], texts[6], texts[7], number, number is 1);

    [Fact]
    public void Whatever_was_written_is_read_alike() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(Arb.From(Any.ListOf()), entries =>
    {
        var reader = new EntryReportedReader();
        foreach (var entry in entries)
        {
            var data = FactJson.Serialize(entry);
            reader.Read(data).ShouldBe((EntryReported)FactJson.Deserialize("EntryReported.v1", data));
        }
    }));

    [Fact]
    public void Fields_of_a_later_version_are_passed_over() =>
        Read("""{"new":{"a":[1]},"timestamp":"2026-11-20T12:00:00Z","event_name":"n","event_id":"1","at":"2026-11-20T12:00:00Z","attempts":null}""")
            .ShouldBe(new EntryReported(Noon, "1", "n", EntryStatus.Emitted, Noon));

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"event_id":"1"}""")]
    [InlineData("""{"event_id":"1","event_name":"n","status":"lost"}""")]
    public void What_is_no_entry_is_refused(string data) => Should.Throw<JsonException>(() => Read(data));

    private static DateTimeOffset Noon => new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    private static EntryReported Read(string data) => new EntryReportedReader().Read(Encoding.UTF8.GetBytes(data));
}
