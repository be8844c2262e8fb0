using EventEngine.Domain.Apps;
using EventEngine.Domain.Entries;
using EventEngine.Domain.Retention;
using EventEngine.Domain.Schemas;
using EventEngine.Domain.Shared;
using EventEngine.Projections.Schemas;
using EventEngine.Projections.Tests.Shared;
using static EventEngine.Projections.Tests.Shared.Feed;

namespace EventEngine.Projections.Tests.Schemas;

public sealed class SchemasProjectionTests
{
    private const string Emitted = "select event_name, event_version, received_on, first_at at time zone 'utc', last_at at time zone 'utc' from views.emitted_versions order by 1, 2, 3";

    [Fact]
    public async Task Definitions_stand_with_our_fingerprint_beside_the_reporters()
    {
        await using var pipeline = await Pipeline.CreateAsync();
        await pipeline.AppendAsync(StreamName.Schemas(Shop), Defined(1, 0, "f00"), Defined(2, 1, null), Defined(2, 2, null, "total", "note"));

        await pipeline.RunAsync(new SchemasProjection());

        (await pipeline.RowsAsync("select event_version, left(fingerprint, 8), reported_fingerprint, source, definition::json -> 'payload_fields' ->> 0 from views.schema_definitions order by event_version, reported_at"))
            .ShouldBe(
            [
                """(1,bd8b6b6e,f00,Upload,"{""name"":""total"",""from"":""order"",""required"":true}")""".Replace("bd8b6b6e", Fingerprint(1)),
                """(2,bd8b6b6e,,Upload,"{""name"":""total"",""from"":""order"",""required"":true}")""".Replace("bd8b6b6e", Fingerprint(2)),
                """(2,bd8b6b6e,,Upload,"{""name"":""total"",""from"":""order"",""required"":true}")""".Replace("bd8b6b6e", Definition(2, "total", "note").Fingerprint()[..8]),
            ]);
    }

    [Fact]
    public async Task Versions_are_seen_between_the_events_own_times_and_by_day_of_receipt()
    {
        await using var pipeline = await Pipeline.CreateAsync();
        await pipeline.ReceiveAsync(Shop, Entry("1", EntryStatus.Emitted, -60) with { EventVersion = 1 }, Entry("2", EntryStatus.Published, -10) with { EventVersion = 1, OccurredAt = Noon.AddHours(-2) });
        await pipeline.ReceiveAsync(Shop, Entry("3", EntryStatus.Emitted, 900) with { EventVersion = 2 }, Entry("4", EntryStatus.Emitted, -5));

        await pipeline.RunAsync(new SchemasProjection());

        (await pipeline.RowsAsync(Emitted)).ShouldBe(
        [
            """(order_placed,1,2026-11-20,"2026-11-20 10:00:00","2026-11-20 11:59:00")""",
            """(order_placed,2,2026-11-20,"2026-11-20 12:00:00","2026-11-20 12:00:00")""",
            """(order_placed,,2026-11-20,"2026-11-20 11:59:55","2026-11-20 11:59:55")""",
        ]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Any_order_and_any_repetition_of_the_same_entries_gives_the_same_rows(int seed)
    {
        var lives = Lives(seed, events: 120).Select((entry, at) => entry with { EventVersion = at % 4 == 0 ? null : at % 3 }).ToList();
        var random = new Random(seed);
        var shuffled = lives.Concat(lives.Where(_ => random.Next(3) == 0)).OrderBy(_ => random.Next()).ToList();
        (await RowsAsync(Cut(shuffled, random))).ShouldBe(await RowsAsync([lives]));
    }

    [Fact]
    public async Task A_deleted_day_takes_its_versions_along_as_if_it_had_never_been()
    {
        var (day, next) = (DateOnly.FromDateTime(Noon.UtcDateTime), Noon.AddDays(1));
        var deleted = new DayDeleted(next.AddDays(2), day, 0, 0, 0, 0, 0, 0);
        await using var lived = await Pipeline.CreateAsync();
        await lived.ReceiveAsync(Shop, Entry("1", EntryStatus.Emitted, -60) with { EventVersion = 1 });
        await lived.ReceiveAsync(Shop, Entry("2", EntryStatus.Emitted, 86_000, receivedAt: 86_400) with { EventVersion = 2 });
        await lived.AppendAsync(StreamName.Stats(Shop), deleted);
        await using var rebuilt = await Pipeline.CreateAsync();
        await rebuilt.ReceiveAsync(Shop, Entry("2", EntryStatus.Emitted, 86_000, receivedAt: 86_400) with { EventVersion = 2 });
        await rebuilt.AppendAsync(StreamName.Stats(Shop), deleted);
        foreach (var pipeline in new[] { lived, rebuilt }) await pipeline.RunAsync(new SchemasProjection());

        (await lived.RowsAsync(Emitted)).ShouldHaveSingleItem().ShouldContain("order_placed,2,2026-11-21");
        (await lived.RowsAsync(Emitted)).ShouldBe(await rebuilt.RowsAsync(Emitted));
    }

    [Fact]
    public async Task Every_change_of_a_mode_is_kept()
    {
        await using var pipeline = await Pipeline.CreateAsync();
        await pipeline.AppendAsync(
            StreamName.App(Shop), new CompatibilityModeChanged(Noon, null, CompatibilityMode.Full), new CompatibilityModeChanged(Noon.AddSeconds(1), "order_placed", CompatibilityMode.None),
            new CompatibilityModeChanged(Noon.AddSeconds(2), "order_placed", null));

        await pipeline.RunAsync(new SchemasProjection());

        (await pipeline.RowsAsync("select event_name, mode from views.schema_modes order by changed_at")).ShouldBe(["(\"\",Full)", "(order_placed,None)", "(order_placed,)"]);
    }

    [Fact]
    public async Task Nothing_is_left_of_a_deleted_app()
    {
        await using var pipeline = await Pipeline.CreateAsync();
        await pipeline.AppendAsync(StreamName.Schemas(Shop), Defined(1, 0, null), new SchemaFingerprintSeen(Noon, "order_placed", "f00"));
        await pipeline.AppendAsync(StreamName.App(Shop), new CompatibilityModeChanged(Noon, null, CompatibilityMode.Full));
        await pipeline.ReceiveAsync(Shop, Entry("1", EntryStatus.Emitted, -60) with { EventVersion = 1 });
        await pipeline.AppendAsync(StreamName.App(Shop), new AppDeleted(Noon.AddMinutes(1)));

        await pipeline.RunAsync(new SchemasProjection());

        foreach (var table in new[] { "schema_fingerprints", "schema_definitions", "schema_modes", "emitted_versions" })
            (await pipeline.ScalarAsync<long>($"select count(*) from views.{table}")).ShouldBe(0, table);
    }

    [Fact]
    public async Task Built_anew_it_is_the_same()
    {
        await using var pipeline = await Pipeline.CreateAsync();
        await pipeline.AppendAsync(StreamName.Schemas(Shop), Defined(1, 0, "f00"), new SchemaFingerprintSeen(Noon, "order_placed", "f00"));
        foreach (var batch in Cut(Lives(7, events: 60), new Random(7))) await pipeline.ReceiveAsync(Shop, batch);
        await pipeline.RunAsync(new SchemasProjection());
        var lived = await pipeline.RowsAsync("select * from views.emitted_versions order by 1, 2, 3, 4");
        var worker = await pipeline.StartAsync(new SchemasProjection());

        var asked = await pipeline.RequestAsync(new Application.Pipeline.RebuildRequest("schemas", Application.Pipeline.RebuildKind.Verify));

        (await pipeline.FinishedAsync(asked)).ShouldHaveSingleItem().State.ShouldBe("verified");
        lived.ShouldNotBeEmpty();
        await worker.StopAsync(CancellationToken.None);
    }

    private static async Task<List<string>> RowsAsync(IEnumerable<IReadOnlyCollection<Domain.Ingestion.EntryReported>> batches)
    {
        await using var pipeline = await Pipeline.CreateAsync();
        foreach (var batch in batches) await pipeline.ReceiveAsync(Shop, batch);
        await pipeline.RunAsync(new SchemasProjection());
        return await pipeline.RowsAsync("select * from views.emitted_versions order by 1, 2, 3, 4");
    }

    private static string Fingerprint(int version) => Definition(version, "total").Fingerprint()[..8];

    private static SchemaDefinitionReported Defined(int version, int second, string? fingerprint, params string[] fields) =>
        new(Noon.AddSeconds(second), Definition(version, fields.Length == 0 ? ["total"] : fields), fingerprint, DefinitionSource.Upload);

    private static SchemaDefinition Definition(int version, params string[] fields) =>
        new("order_placed", version, "domain", null, null, null, ["order"], [], [.. fields.Select(name => new PayloadField(name, "order", null, true))]);
}
