using System.Text;
using EventEngine.Application.EventStore;
using EventEngine.Application.Ingestion;
using EventEngine.Domain.Ingestion;
using EventEngine.Domain.Shared;

namespace EventEngine.Infrastructure.Tests.Ingestion;

internal static class Batches
{
    public const string Time = "2026-11-20T23:20:31Z";

    public static readonly DateTimeOffset ReceivedAt = new(2026, 11, 20, 23, 21, 0, TimeSpan.Zero);

    public static readonly string Good = $$"""{"event_id":1,"event_name":"cow_fed","status":"emitted","timestamp":"{{Time}}"}""";

    public static byte[] Of(params string[] entries) => Encoding.UTF8.GetBytes($$"""{"entries":[{{string.Join(',', entries)}}]}""");

    /// <summary>A good entry, with fields added or replaced: a later duplicate wins.</summary>
    public static string With(string fields) => $"{Good[..^1]},{fields}}}";

    public static IReadOnlyList<IFact> Read(byte[] body, EventNames? names = null)
    {
        using var batch = BatchReader.Read(body, ReceivedAt, names);
        return [.. Enumerable.Range(0, batch.Count).Select(i => FactJson.Deserialize(batch[i].Type, batch[i].Data.Span))];
    }

    public static EntryReported Accept(string entry) => Read(Of(entry)).ShouldHaveSingleItem().ShouldBeOfType<EntryReported>();

    /// <summary>Asserts that only this entry was turned down, and its neighbours were kept.</summary>
    public static EntryRejected Reject(string entry) => Reject(Encoding.UTF8.GetBytes(entry));

    public static EntryRejected Reject(byte[] entry)
    {
        byte[] body = [.. Encoding.UTF8.GetBytes($$"""{"entries":[{{Good}},"""), .. entry, .. Encoding.UTF8.GetBytes($",{Good}]}}")];
        var facts = Read(body);
        facts.Count.ShouldBe(3);
        facts[0].ShouldBeOfType<EntryReported>();
        facts[2].ShouldBeOfType<EntryReported>();
        var rejected = facts[1].ShouldBeOfType<EntryRejected>();
        rejected.Index.ShouldBe(1);
        return rejected;
    }
}
