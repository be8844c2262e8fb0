using System.Globalization;
using System.Text;
using EventEngine.Application.EventStore;
using EventEngine.Application.Ingestion;
using EventEngine.Domain.Shared;
using EventEngine.Projections.Apps;
using EventEngine.Projections.Entries;
using EventEngine.Projections.Heartbeats;
using EventEngine.Projections.Organizations;
using EventEngine.Projections.Runtime;
using EventEngine.Projections.Schemas;
using EventEngine.Projections.Tests.Shared;
using EventEngine.Testing;
using static EventEngine.Projections.Tests.Shared.Feed;

namespace EventEngine.Projections.Tests.Ingestion;

/// <summary>One legal-looking entry must never stop a projection: whatever ingest accepts, every projection applies.</summary>
public sealed class AcceptedEntriesProjectTests
{
    private const int Bodies = 1_500, EntriesInBody = 6;
    private static readonly DateTimeOffset Now = Noon;

    private static readonly string[] Ids = ["1", "-1", "0", "99999999999999999999999999", "\"a\"", "\"\"", "\"\\u0000\"", "\"\\ud800\"", "\"é😀\"", "null", "1.5", "true", "[]", "{}"];
    private static readonly string[] Texts = ["\"order.placed\"", "\"x\"", "\"\\u0000\"", "\"a\\u0000b\"", "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"\\ud83d\\ude00\"", "\"\\uffff\"", "\"\\u0001\"", "\"'; drop table x; --\"", "\"\"", "null", "7", "{\"a\":1}"];
    private static readonly string[] Statuses = ["\"emitted\"", "\"published\"", "\"dead_lettered\"", "\"published\"", "\"retried\"", "null", "1"];
    private static readonly string[] Numbers = ["0", "1", "-1", "2147483647", "2147483648", "9223372036854775807", "9223372036854775808", "1e5", "0.5", "1e308", "-1e308", "1e-400", "1000000000000", "-1000000000000", "1000000000001", "\"5\"", "null"];

    private static readonly string[] Times =
    [
        "\"2026-11-20T12:00:00Z\"", "\"2026-11-20T12:00:00.123456789+14:00\"", "\"2000-01-01T00:00:00Z\"", "\"1999-12-31T23:59:59Z\"", "\"0001-01-01T00:00:00Z\"",
        "\"9999-12-31T23:59:59.9999999Z\"", "\"2026-11-21T11:59:59Z\"", "\"2026-11-20T23:59:60Z\"", "\"infinity\"", "\"2026-02-30T00:00:00Z\"", "0", "null", "\"2026-11-20T12:00:00\"",
        "\"2026-11-20T12:06:00-00:00\"", "\"2026-11-19T00:00:00-12:00\"",
    ];

    [Fact]
    public async Task Whatever_ingest_accepts_every_projection_applies()
    {
        await using var pipeline = await Pipeline.CreateAsync();
        var random = new Random(20261121);
        var accepted = 0;
        for (var i = 0; i < Bodies; i++) accepted += await IngestAsync(pipeline, Mutated(random, Body(random)));

        IProjection[] all = [new EntriesProjection(), new HeartbeatsProjection(), new SchemasProjection(), new AppsProjection(), new OrganizationsProjection()];
        var worker = await pipeline.StartAsync(all);
        await Eventually.Becomes(async () => worker.Statuses.Any(status => status.State == ProjectionState.Stopped) || await IsCaughtUpAsync(pipeline), TimeSpan.FromMinutes(1));

        worker.Statuses.ShouldAllBe(status => status.State == ProjectionState.Running);
        accepted.ShouldBeGreaterThan(Bodies / 10);
        (await pipeline.ScalarAsync<decimal>("select sum(stored) from views.ledger_hours")).ShouldBeGreaterThan(100);
        (await pipeline.ScalarAsync<decimal>("select sum(received - stored - duplicate - rejected - refused) from views.ledger_hours")).ShouldBe(0);
    }

    private static async Task<bool> IsCaughtUpAsync(Pipeline pipeline)
    {
        var head = await pipeline.Store.ReadHeadAsync();
        return await pipeline.ScalarAsync<long>("select min(commit_position) from views.checkpoints") >= head!.Value.Commit;
    }

    /// <returns>How many entries became facts, rejections among them.</returns>
    private static async Task<int> IngestAsync(Pipeline pipeline, byte[] body)
    {
        try
        {
            using var batch = BatchReader.Read(body, Now);
            foreach (var events in BatchAppends.Of(batch, "0.1.0", "{}"u8.ToArray()))
                await pipeline.Store.AppendAsync(StreamName.Entries(Shop, DateOnly.FromDateTime(Now.UtcDateTime)), ExpectedRevision.Any, events);
            return batch.Count;
        }
        catch (NotABatchException)
        {
            return 0;
        }
    }

    private static byte[] Body(Random random)
    {
        var body = new StringBuilder("{\"entries\":[");
        for (var i = 0; i < EntriesInBody; i++) body.Append(i == 0 ? "" : ",").Append(Entry(random));
        return Encoding.UTF8.GetBytes(body.Append("]}").ToString());
    }

    private static string Entry(Random random)
    {
        var fields = new List<string>
        {
            $"\"event_id\":{Mostly(random, random.Next(50).ToString(CultureInfo.InvariantCulture), Ids)}",
            $"\"event_name\":{Mostly(random, "\"order.placed\"", Texts)}",
            $"\"status\":{Pick(random, Statuses)}",
            $"\"timestamp\":{Mostly(random, "\"2026-11-20T12:00:00Z\"", Times)}",
        };
        foreach (var text in (string[])["event_type", "idempotency_key", "aggregate_type", "aggregate_id", "error_class", "error_message", "payload"])
            if (random.Next(3) == 0) fields.Add($"\"{text}\":{Pick(random, Texts)}");
        foreach (var number in (string[])["event_version", "aggregate_version", "attempts", "latency_ms"])
            if (random.Next(3) == 0) fields.Add($"\"{number}\":{Pick(random, Numbers)}");
        foreach (var time in (string[])["occurred_at", "published_at", "dead_lettered_at"])
            if (random.Next(3) == 0) fields.Add($"\"{time}\":{Pick(random, Times)}");
        return $"{{{string.Join(',', fields)}}}";
    }

    /// <summary>Every third body gets a few bytes that no client should send.</summary>
    private static byte[] Mutated(Random random, byte[] body)
    {
        if (random.Next(3) != 0) return body;
        for (var i = 0; i < 3; i++) body[random.Next(body.Length)] = (byte)random.Next(256);
        return body;
    }

    private static string Mostly(Random random, string usual, string[] others) => random.Next(4) == 0 ? Pick(random, others) : usual;

    private static string Pick(Random random, string[] values) => values[random.Next(values.Length)];
}
