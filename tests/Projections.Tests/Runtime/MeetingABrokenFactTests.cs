using System.Text;
using EventEngine.Application.EventStore;
using EventEngine.Domain.Entries;
using EventEngine.Domain.Heartbeats;
using EventEngine.Domain.Shared;
using EventEngine.Projections.Entries;
using EventEngine.Projections.Heartbeats;
using EventEngine.Projections.Runtime;
using EventEngine.Projections.Tests.Shared;
using EventEngine.Testing;
using static EventEngine.Projections.Tests.Shared.Feed;

namespace EventEngine.Projections.Tests.Runtime;

public sealed class MeetingABrokenFactTests
{
    private static readonly string Entries = StreamName.Entries(Shop, DateOnly.FromDateTime(Noon.UtcDateTime));

    [Theory]
    [InlineData("EntryReported.v1", "{ not json")]
    [InlineData("EntryReported.v99", "{}")]
    [InlineData("EntryReported.v1", """{"at":"2026-11-20T12:00:00Z","event_id":"a\u0000b","event_name":"x","timestamp":"2026-11-20T12:00:00Z"}""")]
    public async Task A_projection_stops_there_and_says_so_while_the_others_go_on(string type, string data)
    {
        await using var pipeline = await Pipeline.CreateAsync();
        await pipeline.ReceiveAsync(Shop, Entry("1", EntryStatus.Emitted, 0), Entry("2", EntryStatus.Emitted, 0));
        var broken = await AppendAsync(pipeline, type, data);
        await pipeline.ReceiveAsync(Shop, Entry("3", EntryStatus.Emitted, 0));
        await pipeline.AppendAsync(StreamName.Heartbeats(Shop), new HeartbeatReceived(Noon, "shop", null, "0.1.0", null, null, 5));

        var worker = await pipeline.StartAsync(new EntriesProjection(), new HeartbeatsProjection());
        await pipeline.CaughtUpAsync("heartbeats");
        await Eventually.Becomes(() => worker.Statuses.Single(status => status.Name == "entries").State == ProjectionState.Stopped);

        var checkpoint = await pipeline.RowsAsync("select state, error_position, commit_position < split_part(error_position, '-', 1)::bigint from views.checkpoints where projection = 'entries'");
        checkpoint.ShouldBe([$"(stopped,{broken},t)"]);
        (await pipeline.ScalarAsync<string>("select error from views.checkpoints where projection = 'entries'"))!.ShouldStartWith(type);
        (await pipeline.RowsAsync("select event_id from views.event_entries order by 1")).ShouldBe(["(1)", "(2)"]);
        (await pipeline.RowsAsync("select heartbeats, uptime_seconds from views.app_health")).ShouldBe(["(1,5)"]);
    }

    [Fact]
    public async Task A_stopped_projection_tries_again_when_it_is_started_again()
    {
        await using var pipeline = await Pipeline.CreateAsync();
        await AppendAsync(pipeline, "EntryReported.v1", "[]");
        var worker = await pipeline.StartAsync(new EntriesProjection());
        await Eventually.Becomes(() => worker.Statuses is [{ State: ProjectionState.Stopped }]);
        await worker.StopAsync(CancellationToken.None);
        await pipeline.Store.DeleteStreamAsync(Entries, ExpectedRevision.Any);
        await pipeline.ReceiveAsync(Shop, Entry("1", EntryStatus.Emitted, 0));

        await pipeline.RunAsync(new EntriesProjection());

        (await pipeline.RowsAsync("select state, error from views.checkpoints")).ShouldBe(["(running,)"]);
        (await pipeline.RowsAsync("select event_id from views.event_entries")).ShouldBe(["(1)"]);
    }

    private static async Task<StorePosition> AppendAsync(Pipeline pipeline, string type, string data)
    {
        var broken = new NewEvent(Guid.NewGuid(), type, Encoding.UTF8.GetBytes(data), default);
        return (await pipeline.Store.AppendAsync(Entries, ExpectedRevision.Any, [broken])).Position;
    }
}
