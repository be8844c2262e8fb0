using System.Text;
using EventEngine.Application.EventStore;
using EventEngine.Application.Pipeline;
using EventEngine.Domain.Entries;
using EventEngine.Domain.Shared;
using EventEngine.Infrastructure.Pipeline;
using EventEngine.Projections.Entries;
using EventEngine.Projections.Runtime;
using EventEngine.Projections.Tests.Shared;
using EventEngine.Testing;
using static EventEngine.Projections.Tests.Shared.Feed;

namespace EventEngine.Projections.Tests.Runtime;

public sealed class ParkingEventsTests
{
    private static readonly string Entries = StreamName.Entries(Shop, DateOnly.FromDateTime(Noon.UtcDateTime));

    [Fact]
    public async Task A_retry_goes_on_once_the_cause_is_mended_without_a_restart()
    {
        await using var pipeline = await Pipeline.CreateAsync();
        var poison = new Poison();
        await pipeline.ReceiveAsync(Shop, Entry("1", EntryStatus.Emitted, 0), Entry("2", EntryStatus.Emitted, 0), Entry("3", EntryStatus.Emitted, 0));
        poison.At = 2;
        await pipeline.StartAsync(poison.Projection());
        await StoppedAsync(pipeline, "2-2");

        (await Parked(pipeline).RetryAsync("counting", "ops", default)).ShouldBeTrue();
        await StoppedAsync(pipeline, "2-2");
        poison.At = null;
        await Parked(pipeline).RetryAsync("counting", "ops", default);

        await pipeline.CaughtUpAsync("counting");
        (await pipeline.RowsAsync("select events from views.counted")).ShouldBe(["(4)"]);
        (await pipeline.RowsAsync("select state, error, error_position, error_event from views.checkpoints")).ShouldBe(["(running,,,)"]);
        (await Parked(pipeline).RetryAsync("counting", "ops", default)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("EntryReported.v1", "{ not json")]
    [InlineData("EntryReported.v99", "{}")]
    [InlineData("EntryReported.v1", """{"at":"2026-11-20T12:00:00Z","event_id":"a\u0000b","event_name":"x","timestamp":"2026-11-20T12:00:00Z"}""")]
    public async Task A_parked_event_is_passed_over_by_the_live_projection_and_by_whatever_is_built(string type, string data)
    {
        await using var pipeline = await Pipeline.CreateAsync();
        var worker = await pipeline.StartAsync(new EntriesProjection());
        await pipeline.ReceiveAsync(Shop, Entry("1", EntryStatus.Emitted, 0));
        var broken = await AppendAsync(pipeline, type, data);
        await pipeline.ReceiveAsync(Shop, Entry("2", EntryStatus.Emitted, 0));
        await StoppedAsync(pipeline, broken.ToString());
        worker.Statuses.Single().ErrorEvent!.ToString().ShouldBe($"{type}, number 2 of {Entries}, at {broken}");

        (await Parked(pipeline).ParkAsync("entries", broken, "made by a test", "ops", default)).ShouldBeTrue();
        await pipeline.CaughtUpAsync("entries");
        var verified = await pipeline.FinishedAsync(await pipeline.RequestAsync(new RebuildRequest("entries", RebuildKind.Verify)));
        var rebuilt = await pipeline.FinishedAsync(await pipeline.RequestAsync(new RebuildRequest("entries", RebuildKind.Rebuild)));

        (verified.Single().State, rebuilt.Single().State).ShouldBe(("verified", "swapped"), verified.Single().Error + rebuilt.Single().Error);
        (await pipeline.RowsAsync("select event_id from views.event_entries order by 1")).ShouldBe(["(1)", "(2)"]);
        var listed = (await Parked(pipeline).ListAsync(default)).Single();
        (listed.Position, listed.Event.Stream, listed.Event.Revision, listed.Event.Type, listed.Reason, listed.ParkedBy, listed.IsParked)
            .ShouldBe((broken, Entries, 2, type, "made by a test", "ops", true));
        listed.Error.ShouldStartWith(type);
    }

    [Fact]
    public async Task Only_the_event_at_which_it_has_stopped_can_be_parked()
    {
        await using var pipeline = await Pipeline.CreateAsync();
        await pipeline.StartAsync(new EntriesProjection());
        await pipeline.ReceiveAsync(Shop, Entry("1", EntryStatus.Emitted, 0));
        await pipeline.CaughtUpAsync("entries");
        (await Parked(pipeline).ParkAsync("entries", new(1, 1), "no", "ops", default)).ShouldBeFalse();
        var broken = await AppendAsync(pipeline, "EntryReported.v99", "{}");
        await StoppedAsync(pipeline, broken.ToString());

        (await Parked(pipeline).ParkAsync("entries", new(1, 1), "no", "ops", default)).ShouldBeFalse();
        (await Parked(pipeline).ParkAsync("apps", broken, "no", "ops", default)).ShouldBeFalse();
        (await Parked(pipeline).ListAsync(default)).ShouldBeEmpty();
        (await pipeline.ScalarAsync<string>("select state from views.checkpoints")).ShouldBe("stopped");
    }

    [Fact]
    public async Task An_unparked_event_takes_effect_in_its_place_and_a_rollback_parks_it_again()
    {
        await using var pipeline = await Pipeline.CreateAsync();
        var poison = new Poison { At = 1 };
        await pipeline.ReceiveAsync(Shop, Entry("1", EntryStatus.Emitted, 0), Entry("2", EntryStatus.Emitted, 0));
        await pipeline.StartAsync(poison.Projection());
        await StoppedAsync(pipeline, "1-1");
        await Parked(pipeline).ParkAsync("counting", new(1, 1), "later", "ops", default);
        await pipeline.CaughtUpAsync("counting");
        var parked = await Parked(pipeline).FindAsync("counting", [new(1, 1)], default);

        var failed = await pipeline.FinishedAsync(await pipeline.RequestAsync(RebuildRequest.ToUnpark("counting", parked)));
        (failed.Single().State, failed.Single().Error).ShouldBe(("failed", "The build of counting stopped at 1-1: EntryReported.v1: poison"));
        (await Parked(pipeline).ListAsync(default)).Single().IsParked.ShouldBeTrue();
        (await pipeline.RowsAsync("select events from views.counted")).ShouldBe(["(2)"]);

        poison.At = null;
        await pipeline.FinishedAsync(await pipeline.RequestAsync(RebuildRequest.ToUnpark("counting", parked)));
        (await pipeline.RowsAsync("select events from views.counted")).ShouldBe(["(3)"]);
        var unparked = (await Parked(pipeline).ListAsync(default)).Single();
        (unparked.IsParked, unparked.UnparkedBy, unparked.Reason).ShouldBe((false, "tests", "later"));
        await VerifiedAsync(pipeline);

        await pipeline.FinishedAsync(await pipeline.RequestAsync(new RebuildRequest("counting", RebuildKind.Rollback)));
        (await pipeline.RowsAsync("select events from views.counted")).ShouldBe(["(2)"]);
        (await Parked(pipeline).ListAsync(default)).Select(one => one.IsParked).ShouldBe([true, false]);
        await VerifiedAsync(pipeline);
    }

    [Fact]
    public async Task Whoever_leads_hears_of_it_and_whoever_takes_over_holds_to_it()
    {
        await using var pipeline = await Pipeline.CreateAsync();
        var poison = new Poison { At = 1 };
        var first = await pipeline.StartAsync(poison.Projection());
        await pipeline.StartAsync(poison.Projection());
        await pipeline.ReceiveAsync(Shop, Entry("1", EntryStatus.Emitted, 0));
        await StoppedAsync(pipeline, "1-1");
        await Parked(pipeline).ParkAsync("counting", new(1, 1), "for two", "ops", default);
        await pipeline.ReceiveAsync(Shop, Entry("2", EntryStatus.Emitted, 0));
        await pipeline.CaughtUpAsync("counting");

        await first.StopAsync(CancellationToken.None);
        await pipeline.ReceiveAsync(Shop, Entry("3", EntryStatus.Emitted, 0));
        await pipeline.CaughtUpAsync("counting");

        (await pipeline.RowsAsync("select events from views.counted")).ShouldBe(["(5)"]);
        await VerifiedAsync(pipeline);
    }

    [Fact]
    public async Task A_new_version_that_stops_while_it_is_built_can_pass_the_event_over_too_or_be_built_again()
    {
        await using var pipeline = await Pipeline.CreateAsync();
        await pipeline.ReceiveAsync(Shop, Entry("1", EntryStatus.Emitted, 0), Entry("2", EntryStatus.Emitted, 0));
        await pipeline.RunAsync(new CountingProjection());
        var poison = new Poison { At = 1 };
        await pipeline.StartAsync(poison.Projection(version: 2));
        await Eventually.Becomes(() => pipeline.ScalarAsync<bool>("select exists (select 1 from app.rebuilds where state = 'failed')"));

        (await Parked(pipeline).RetryAsync("counting", "ops", default)).ShouldBeTrue();
        await Eventually.Becomes(() => pipeline.ScalarAsync<bool>("select count(*) = 2 from app.rebuilds where state = 'failed'"));
        (await Parked(pipeline).ParkAsync("counting", new(1, 1), "new code", "ops", default)).ShouldBeTrue();

        await Eventually.Becomes(() => pipeline.ScalarAsync<bool>("select exists (select 1 from app.rebuilds where state = 'swapped')"));
        (await pipeline.RowsAsync("select events_v2 from views.counted")).ShouldBe(["(2)"]);
        await VerifiedAsync(pipeline);
    }

    private static ParkedEvents Parked(Pipeline pipeline) => new ParkedEvents(pipeline.DataSource, pipeline.Rebuilds);

    private static async Task VerifiedAsync(Pipeline pipeline)
    {
        var row = (await pipeline.FinishedAsync(await pipeline.RequestAsync(new RebuildRequest("counting", RebuildKind.Verify)))).Single();
        row.State.ShouldBe("verified", row.Error);
    }

    private static Task StoppedAsync(Pipeline pipeline, string at) =>
        Eventually.Becomes(() => pipeline.ScalarAsync<bool>($"select exists (select 1 from views.checkpoints where state = 'stopped' and error_position = '{at}')"));

    private static async Task<StorePosition> AppendAsync(Pipeline pipeline, string type, string data)
    {
        var broken = new NewEvent(Guid.NewGuid(), type, Encoding.UTF8.GetBytes(data), default);
        return (await pipeline.Store.AppendAsync(Entries, ExpectedRevision.Any, [broken])).Position;
    }
}
