using EventEngine.Application.EventStore;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Entries;
using EventEngine.Domain.Ingestion;
using EventEngine.Domain.Organizations;
using EventEngine.Domain.Shared;
using EventEngine.Projections.Apps;
using EventEngine.Projections.Entries;
using EventEngine.Projections.Heartbeats;
using EventEngine.Projections.Runtime;
using EventEngine.Projections.Schemas;
using EventEngine.Projections.Tests.Shared;
using static EventEngine.Projections.Tests.Shared.Feed;

namespace EventEngine.Projections.Tests.Entries;

public sealed class DeletingAnAppTests
{
    private static readonly AppId Other = new(Guid.Parse("bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Its_rows_go_another_apps_stay_and_what_still_comes_is_passed_over(bool together)
    {
        await using var pipeline = await Pipeline.CreateAsync();
        await ReportAsync(pipeline, Shop, "1");
        await ReportAsync(pipeline, Other, "1");
        if (!together) await pipeline.RunAsync(Projections());
        await pipeline.AppendAsync(StreamName.App(Shop), new AppDeleted(Noon));
        await ReportAsync(pipeline, Shop, "2");
        await pipeline.RunAsync(Projections());

        foreach (var table in new[] { "event_entries", "rollup_minutes", "rollup_hours", "app_totals", "ledger_hours" })
            (await pipeline.RowsAsync($"select distinct app_id from views.{table}")).ShouldBe([$"({Other.Value})"], table);
        (await pipeline.ScalarAsync<long>($"select events from views.daily_usage where app_id = '{Shop.Value}'")).ShouldBe(1);
    }

    [Fact]
    public async Task Erased_it_reads_the_same_from_a_store_that_forgot_it()
    {
        await using var pipeline = await Pipeline.CreateAsync();
        await pipeline.AppendAsync(StreamName.App(Shop), new AppRegistered(Noon, new OrganizationId(Other.Value), "Shop", "production"));
        await ReportAsync(pipeline, Shop, "1", "2");
        await ReportAsync(pipeline, Other, "1");
        await pipeline.AppendAsync(StreamName.App(Shop), new AppDeleted(Noon));
        await ReportAsync(pipeline, Shop, "3");
        await pipeline.AppendAsync(StreamName.App(Shop), new AppErased(Noon, [new MonthOfUse(new DateOnly(2026, 11, 1), 2)]));
        await pipeline.RunAsync(Projections());
        var live = await DumpAsync(pipeline);

        await pipeline.Store.DeleteStreamAsync(StreamName.Entries(Shop, DateOnly.FromDateTime(Noon.UtcDateTime)), ExpectedRevision.Any, tombstone: true);
        await using (var drop = pipeline.DataSource.CreateCommand("update views.checkpoints set version = 0")) await drop.ExecuteNonQueryAsync();
        await pipeline.RunAsync(Projections());

        (await DumpAsync(pipeline)).ShouldBe(live);
        live.ShouldContain("2026-11-01,2");
    }

    private static IProjection[] Projections() => [new EntriesProjection(), new HeartbeatsProjection(), new SchemasProjection(), new AppsProjection()];

    private static Task ReportAsync(Pipeline pipeline, AppId app, params string[] events) =>
        pipeline.ReceiveAsync(app, [.. events.Select(id => Entry(id, EntryStatus.Published, 0) with { LatencyMs = 5 })]);

    private static async Task<string> DumpAsync(Pipeline pipeline) =>
        await pipeline.EntriesAsync() + string.Join('\n', await pipeline.RowsAsync("select * from views.app_health order by 1"))
        + string.Join('\n', await pipeline.RowsAsync("select * from views.apps order by 1"));
}
