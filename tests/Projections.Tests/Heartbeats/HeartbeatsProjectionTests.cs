using EventEngine.Application.EventStore;
using EventEngine.Application.Pipeline;
using EventEngine.Domain.Heartbeats;
using EventEngine.Domain.Ingestion;
using EventEngine.Domain.Shared;
using EventEngine.Projections.Heartbeats;
using EventEngine.Projections.Tests.Shared;
using static EventEngine.Projections.Tests.Shared.Feed;

namespace EventEngine.Projections.Tests.Heartbeats;

public sealed class HeartbeatsProjectionTests
{
    private static readonly string Entries = StreamName.Entries(Shop, DateOnly.FromDateTime(Noon.UtcDateTime));

    [Fact]
    public async Task Batches_say_when_an_app_was_seen_and_how_often_it_usually_reports()
    {
        await using var pipeline = await Pipeline.CreateAsync();
        foreach (var second in new[] { 0, 10, 20, 100 }) await pipeline.AppendAsync(Entries, new BatchReceived(Noon.AddSeconds(second), 1, "0.1.0"));

        await pipeline.RunAsync(new HeartbeatsProjection());

        (await pipeline.RowsAsync("select last_seen_at, usual_gap_ms, last_heartbeat_at, heartbeats, reporter_version from views.app_health"))
            .ShouldBe(["(\"2026-11-20 12:01:40+00\",18750,,0,0.1.0)"]);
    }

    [Fact]
    public async Task A_heartbeat_says_more_and_its_version_is_believed()
    {
        await using var pipeline = await Pipeline.CreateAsync();
        await pipeline.AppendAsync(StreamName.Heartbeats(Shop), new HeartbeatReceived(Noon, "shop", "production", "0.2.0", "3.1.2", null, 60));
        await pipeline.AppendAsync(Entries, new BatchReceived(Noon.AddSeconds(1), 1, "0.1.0"));

        await pipeline.RunAsync(new HeartbeatsProjection());

        (await pipeline.RowsAsync("select heartbeats, reported_name, reported_environment, gem_version, ruby_version, rails_version, uptime_seconds from views.app_health"))
            .ShouldBe(["(1,shop,production,0.2.0,3.1.2,,60)"]);
    }

    [Fact]
    public async Task What_is_left_of_a_stream_that_is_kept_short_says_the_same_as_all_of_it()
    {
        await using var pipeline = await Pipeline.CreateAsync();
        var stream = StreamName.Heartbeats(Shop);
        await pipeline.StartAsync(new HeartbeatsProjection());
        await pipeline.Store.SetMetadataAsync(stream, new StreamMetadata(MaxCount: 3));
        for (var i = 0; i < 8; i++) await pipeline.AppendAsync(stream, new HeartbeatReceived(Noon.AddSeconds(i), i == 0 ? "shop" : null, null, "0.2.0", null, null, i));
        await pipeline.CaughtUpAsync("heartbeats");

        var row = (await pipeline.FinishedAsync(await pipeline.RequestAsync(new RebuildRequest("heartbeats", RebuildKind.Verify)))).Single();

        row.State.ShouldBe("verified", string.Join('\n', row.Report.SelectMany(table => table.Rows)));
        (await pipeline.RowsAsync("select heartbeats, uptime_seconds from views.app_health")).ShouldBe(["(8,7)"]);
    }
}
