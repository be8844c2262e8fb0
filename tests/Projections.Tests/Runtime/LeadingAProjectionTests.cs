using EventEngine.Domain.Entries;
using EventEngine.Projections.Entries;
using EventEngine.Projections.Heartbeats;
using EventEngine.Projections.Runtime;
using EventEngine.Projections.Tests.Shared;
using EventEngine.Testing;
using static EventEngine.Projections.Tests.Shared.Feed;

namespace EventEngine.Projections.Tests.Runtime;

public sealed class LeadingAProjectionTests
{
    private const string EndLeases = """
        select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = current_database() and application_name like 'eventengine leases %'
        """;

    [Fact]
    public async Task One_leads_and_the_other_stands_by()
    {
        await using var pipeline = await Pipeline.CreateAsync();
        var first = await pipeline.StartAsync(new EntriesProjection());
        await Eventually.Becomes(() => first.Statuses.Single().State == ProjectionState.Running);
        var second = await pipeline.StartAsync(new EntriesProjection());
        await pipeline.ReceiveAsync(Shop, Entry("1", EntryStatus.Emitted, 0));

        await pipeline.CaughtUpAsync("entries");

        second.Statuses.Single().State.ShouldBe(ProjectionState.Standby);
        (await pipeline.RowsAsync("select epoch, renewed_at > now() - interval '4 seconds' from views.checkpoints")).ShouldBe(["(1,t)"]);
    }

    [Fact]
    public async Task One_that_stops_hands_over_at_once()
    {
        await using var pipeline = await Pipeline.CreateAsync();
        var first = await pipeline.StartAsync(new EntriesProjection(), new HeartbeatsProjection());
        await Eventually.Becomes(() => first.Statuses.All(status => status.State == ProjectionState.Running));
        var second = await pipeline.StartAsync(new EntriesProjection(), new HeartbeatsProjection());
        await pipeline.ReceiveAsync(Shop, Entry("1", EntryStatus.Emitted, 0));

        await first.StopAsync(CancellationToken.None);

        await Eventually.Becomes(() => second.Statuses.All(status => status.State == ProjectionState.Running), timeout: TimeSpan.FromSeconds(3));
        await pipeline.ReceiveAsync(Shop, Entry("2", EntryStatus.Emitted, 0));
        await pipeline.CaughtUpAsync("entries");
        (await pipeline.RowsAsync("select received, stored, duplicate from views.ledger_hours")).ShouldBe(["(2,2,0)"]);
    }

    [Fact]
    public async Task A_worker_that_another_has_superseded_commits_nothing_more_and_may_lead_again()
    {
        await using var pipeline = await Pipeline.CreateAsync();
        var worker = await pipeline.StartAsync(new EntriesProjection());
        await Eventually.Becomes(() => worker.Statuses.Single().State == ProjectionState.Running);
        await pipeline.ScalarAsync<int>("update views.checkpoints set epoch = epoch + 1, leader = 'elsewhere 1 frozen', renewed_at = now() + interval '1 hour'");
        await using var rival = await RivalSessionAsync(pipeline, "eventengine leases frozen");

        await pipeline.ReceiveAsync(Shop, Entry("1", EntryStatus.Emitted, 0));
        await Eventually.Becomes(() => worker.Statuses.Single().State == ProjectionState.Standby);
        (await pipeline.ScalarAsync<long>("select count(*) from views.event_entries")).ShouldBe(0);

        await pipeline.ScalarAsync<int>("update views.checkpoints set renewed_at = now() - interval '4 seconds'");
        await pipeline.CaughtUpAsync("entries");
        (await pipeline.RowsAsync("select received, stored, duplicate from views.ledger_hours")).ShouldBe(["(1,1,0)"]);
    }

    [Fact]
    public async Task One_whose_epoch_was_raised_takes_the_lead_again()
    {
        await using var pipeline = await Pipeline.CreateAsync();
        await pipeline.StartAsync(new EntriesProjection());
        await Eventually.Becomes(async () => await pipeline.ScalarAsync<long>("select epoch from views.checkpoints") == 1);

        await pipeline.ScalarAsync<int>("update views.checkpoints set epoch = epoch + 1");
        await pipeline.ReceiveAsync(Shop, Entry("1", EntryStatus.Emitted, 0));

        await pipeline.CaughtUpAsync("entries");
        (await pipeline.ScalarAsync<long>("select epoch from views.checkpoints")).ShouldBe(3);
    }

    [Fact]
    public async Task A_leader_whose_sessions_are_gone_is_not_waited_for()
    {
        await using var pipeline = await Pipeline.CreateAsync();
        await pipeline.RunAsync(new EntriesProjection());
        await pipeline.ScalarAsync<int>("update views.checkpoints set leader = 'elsewhere 1 killed', renewed_at = now() + interval '1 hour'");

        var worker = await pipeline.StartAsync(new EntriesProjection());

        await Eventually.Becomes(() => worker.Statuses.Single().State == ProjectionState.Running);
    }

    [Fact]
    public async Task What_a_frozen_leader_left_open_holds_nothing()
    {
        await using var pipeline = await Pipeline.CreateAsync();
        await pipeline.RunAsync(new EntriesProjection());
        await pipeline.ScalarAsync<int>("update views.checkpoints set leader = 'elsewhere 1 frozen', renewed_at = now()");
        await using var leases = await RivalSessionAsync(pipeline, "eventengine leases frozen");
        var session = await RivalSessionAsync(pipeline, "eventengine entries frozen"); // ended by the rival: it can't be closed any more
        await using (var open = new Npgsql.NpgsqlCommand("begin; update views.checkpoints set applied = 1000 where projection = 'entries'", session)) await open.ExecuteNonQueryAsync();
        var worker = await pipeline.StartAsync(new EntriesProjection());

        await pipeline.ReceiveAsync(Shop, Entry("1", EntryStatus.Emitted, 0));
        await pipeline.CaughtUpAsync("entries");

        worker.Statuses.Single().State.ShouldBe(ProjectionState.Running);
        (await pipeline.RowsAsync("select applied, leader like '% frozen' from views.checkpoints")).ShouldBe(["(2,f)"]);
    }

    [Fact]
    public async Task One_that_lost_the_session_of_its_leases_takes_them_again()
    {
        await using var pipeline = await Pipeline.CreateAsync();
        var worker = await pipeline.StartAsync(new EntriesProjection());
        await Eventually.Becomes(() => worker.Statuses.Single().State == ProjectionState.Running);

        (await pipeline.ScalarAsync<long>(EndLeases)).ShouldBe(1);

        await Eventually.Becomes(async () => await pipeline.ScalarAsync<long>("select epoch from views.checkpoints where leader is not null") == 2);
        await pipeline.ReceiveAsync(Shop, Entry("1", EntryStatus.Emitted, 0));
        await pipeline.CaughtUpAsync("entries");
        (await pipeline.RowsAsync("select received, stored, duplicate from views.ledger_hours")).ShouldBe(["(1,1,0)"]);
    }

    [Fact]
    public async Task A_changed_version_is_built_anew_from_the_start()
    {
        await using var pipeline = await Pipeline.CreateAsync();
        await pipeline.ReceiveAsync(Shop, Entry("1", EntryStatus.Emitted, 0));
        await pipeline.RunAsync(new EntriesProjection());
        var before = await pipeline.EntriesAsync();
        await pipeline.ScalarAsync<int>("update views.checkpoints set version = 0; insert into views.app_totals values (gen_random_uuid(), 1, 1, 1, 1, 1, 1)");

        await pipeline.StartAsync(new EntriesProjection());

        await Eventually.Holds(async () => (await pipeline.EntriesAsync()).ShouldBe(before));
    }

    [Fact]
    public async Task An_unchanged_version_goes_on_where_it_was()
    {
        await using var pipeline = await Pipeline.CreateAsync();
        await pipeline.ReceiveAsync(Shop, Entry("1", EntryStatus.Emitted, 0));
        await pipeline.RunAsync(new EntriesProjection());
        await pipeline.ReceiveAsync(Shop, Entry("1", EntryStatus.Published, 0));
        await pipeline.RunAsync(new EntriesProjection());

        (await pipeline.RowsAsync("select applied, state from views.checkpoints")).ShouldBe(["(4,running)"]);
        (await pipeline.RowsAsync("select received, stored, duplicate from views.ledger_hours")).ShouldBe(["(2,2,0)"]);
    }

    private static async Task<Npgsql.NpgsqlConnection> RivalSessionAsync(Pipeline pipeline, string name)
    {
        var session = await pipeline.DataSource.OpenConnectionAsync();
        await using var introduce = new Npgsql.NpgsqlCommand($"set application_name to '{name}'", session);
        await introduce.ExecuteNonQueryAsync();
        return session;
    }
}
