using System.Text;
using EventEngine.Application.Ingestion;
using EventEngine.Domain.Ingestion;
using static EventEngine.Infrastructure.Tests.Ingestion.Batches;

namespace EventEngine.Infrastructure.Tests.Ingestion;

public sealed class BatchReaderTests
{
    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"entries\"")]
    [InlineData("{\"entries\":{}}")]
    [InlineData("{\"entries\":null}")]
    [InlineData("{\"entries\":[}")]
    [InlineData("{\"entries\":[{\"event_id\":1,}]}")]
    [InlineData("{\"entries\":[]} trailing")]
    [InlineData("{\"entries\":[]}{}")]
    [InlineData("{\"entries\":[/* no */]}")]
    [InlineData("{\"events\":[]}")]
    public void A_body_that_is_no_batch_is_refused_whole(string body) => Should.Throw<NotABatchException>(() => Read(Encoding.UTF8.GetBytes(body)));

    [Fact]
    public void Malformed_bodies_of_any_depth_and_kind_are_refused()
    {
        Should.Throw<NotABatchException>(() => Read(Encoding.UTF8.GetBytes(new string('[', 1_000_000))));
        Should.Throw<NotABatchException>(() => Read(Encoding.UTF8.GetBytes("{\"a\":" + new string('[', 70) + new string(']', 70) + ",\"entries\":[]}")));
        Should.Throw<NotABatchException>(() => Read([.. "{\"entries\":["u8, 0xFF, .. "]}"u8]));
        Should.Throw<NotABatchException>(() => Read([0, 0, 0]));
    }

    [Fact]
    public void An_empty_batch_is_a_batch() => Read(Of()).ShouldBeEmpty();

    [Fact]
    public void A_byte_order_mark_unknown_fields_and_a_second_entries_are_no_trouble()
    {
        byte[] body = [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes($$"""{"sent_at":[{}],"entries":[{{Good}},{{Good}},3],"entries":[{{Good}}],"x":1}""")];
        Read(body).ShouldHaveSingleItem().ShouldBeOfType<EntryReported>();
    }

    [Fact]
    public void A_thousand_entries_are_taken_and_no_more()
    {
        Read(Of([.. Enumerable.Repeat(Good, BatchReader.MaxEntries)])).Count.ShouldBe(BatchReader.MaxEntries);
        Should.Throw<TooManyEntriesException>(() => Read(Of([.. Enumerable.Repeat("0", BatchReader.MaxEntries + 1)]))).Message.ShouldContain("1,000");
    }

    [Fact]
    public void Entries_with_a_name_beyond_two_thousand_are_rejected_and_known_names_go_on()
    {
        var names = new EventNames(Enumerable.Range(0, EventNames.Max - 1).Select(i => $"name \"{i}\" é"));
        var facts = Read(Of(With("\"event_name\":\"last\""), With("\"event_name\":\"one too many\""), With("\"event_name\":\"name \\\"7\\\" \\u00e9\"")), names);
        facts[0].ShouldBeOfType<EntryReported>();
        facts[1].ShouldBeOfType<EntryRejected>().Reason.ShouldBe("the app already has 2,000 event names");
        facts[2].ShouldBeOfType<EntryReported>();
    }
}
