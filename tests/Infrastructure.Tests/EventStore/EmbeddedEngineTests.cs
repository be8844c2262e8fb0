using System.Text;
using EventEngine.Application.EventStore;
using EventEngine.Testing;
using Npgsql;

namespace EventEngine.Infrastructure.Tests.EventStore;

/// <summary>What the embedded engine promises beyond the contract: back-pressure, broken connections, what is on disk.</summary>
public sealed class EmbeddedEngineTests : IAsyncLifetime
{
    private const string KillOthers = "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()";
    private TestDatabase _database = null!;
    private EmbeddedEngines _engines = null!;

    public async Task InitializeAsync()
    {
        _database = await TestPostgres.CreateDatabaseAsync();
        _engines = new EmbeddedEngines(_database.DataSource);
    }

    public async Task DisposeAsync()
    {
        await _engines.StopAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Appends_sent_one_after_another_without_waiting_are_committed_in_that_order()
    {
        var appends = Enumerable.Range(0, 300).Select(i => _engines[0].AppendAsync($"stream-{i % 7}", ExpectedRevision.Any, [Event($$"""{"n":{{i}}}""")])).ToList();

        var positions = (await Task.WhenAll(appends)).Select(result => result.Position.Commit);

        positions.ShouldBe(Enumerable.Range(0, 300).Select(i => (long)i));
    }

    [Fact]
    public async Task A_full_queue_refuses_at_once_and_takes_again_when_it_has_emptied()
    {
        await using var blocker = await _database.DataSource.OpenConnectionAsync();
        var transaction = await blocker.BeginTransactionAsync();
        await ExecuteAsync("select from store.head for update", blocker);
        NewEvent[] big = [Event(new string('x', 1_000_000))];

        var waiting = Enumerable.Range(0, 80).Select(i => _engines[0].AppendAsync($"big-{i}", ExpectedRevision.NoStream, big)).ToList();
        var refused = waiting.Where(append => append.IsFaulted).ToList();
        refused.Count.ShouldBeInRange(5, 30);
        foreach (var append in refused) await Should.ThrowAsync<StoreUnavailableException>(append);

        await transaction.RollbackAsync();
        await Task.WhenAll(waiting.Except(refused));
        await _engines[0].AppendAsync("after-it", ExpectedRevision.NoStream, big);
        (await CountAsync("select count(*) from store.chunks")).ShouldBe(80 - refused.Count + 1);
    }

    [Fact]
    public async Task Whatever_connection_dies_nothing_acknowledged_is_lost_and_all_goes_on()
    {
        await using var other = NpgsqlDataSource.Create(_database.ConnectionString + ";Pooling=false");
        await using var heard = new SubscriptionListener(_engines[1].SubscribeAsync());
        using var done = new CancellationTokenSource();
        var (acknowledged, unavailable) = (new List<Guid>(), 0);
        var writing = Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            while (!done.IsCancellationRequested)
            {
                var @event = Event("{}");
                try
                {
                    await _engines[writer % 2].AppendAsync($"thing-{writer}", ExpectedRevision.Any, [@event]);
                    lock (acknowledged) acknowledged.Add(@event.Id);
                }
                catch (StoreUnavailableException)
                {
                    Interlocked.Increment(ref unavailable);
                }
            }
        })).ToList();

        for (var i = 0; i < 12; i++)
        {
            var before = Acknowledged();
            await Eventually.Becomes(() => Acknowledged() > before + 20);
            await using var killer = await other.OpenConnectionAsync();
            await ExecuteAsync(KillOthers, killer);
        }

        await done.CancelAsync();
        await Task.WhenAll(writing);
        unavailable.ShouldBeGreaterThan(0);

        var all = await _engines[0].ReadAllAsync().ToListAsync();
        all.Select(e => e.Position.Commit).ShouldBe(Enumerable.Range(0, all.Count).Select(i => (long)i));
        all.Select(e => e.Id).ShouldBeUnique();
        acknowledged.Except(all.Select(e => e.Id)).ShouldBeEmpty();
        await heard.UntilAsync(h => h.Events.Count >= all.Count);
        heard.Events.Select(e => e.Id).ShouldBe(all.Select(e => e.Id));

        int Acknowledged()
        {
            lock (acknowledged) return acknowledged.Count;
        }
    }

    [Fact]
    public async Task Refused_appends_leave_no_gap_also_when_they_share_a_group_with_others()
    {
        var appends = Enumerable.Range(0, 300).Select(async i =>
        {
            try
            {
                await _engines[i % 2].AppendAsync($"thing-{i % 7}", i % 3 == 0 ? ExpectedRevision.At(i) : ExpectedRevision.Any, [Event("{}"), Event("{}")]);
                return 2;
            }
            catch (WrongRevisionException)
            {
                return 0;
            }
        });

        var written = (await Task.WhenAll(appends)).Sum();

        (await _engines[0].ReadHeadAsync()).ShouldBe(new StorePosition(written - 1, written - 1));
        (await _engines[0].ReadAllAsync().ToListAsync()).Select(e => e.Position.Commit).ShouldBe(Enumerable.Range(0, written).Select(i => (long)i));
    }

    [Fact]
    public async Task Nothing_has_a_head_and_everything_else_is_empty_too()
    {
        (await _engines[0].ReadHeadAsync()).ShouldBeNull();
        (await _engines[0].ReadAllAsync().ToListAsync()).ShouldBeEmpty();
        await using var heard = new SubscriptionListener(_engines[0].SubscribeAsync());
        await heard.UntilAsync(h => h.CaughtUp == 1);

        await _engines[1].AppendAsync("thing-1", ExpectedRevision.NoStream, [Event("{}")]);

        await heard.UntilAsync(h => h.Events.Count == 1);
    }

    [Fact]
    public async Task A_subscription_passes_long_stretches_that_it_does_not_want()
    {
        await _engines[0].AppendAsync("wanted-1", ExpectedRevision.Any, [Event("{}")]);
        await ExecuteAsync("update store.head set position = 900000, changes = changes + 1");
        await _engines[0].AppendAsync("wanted-2", ExpectedRevision.Any, [Event("{}")]);
        var last = await _engines[0].AppendAsync("unwanted-1", ExpectedRevision.Any, [Event("{}")]);

        await using var heard = new SubscriptionListener(_engines[0].SubscribeAsync(filter: new EventFilter(["wanted"])));

        await heard.UntilAsync(h => h.CaughtUp == 1);
        heard.Events.Select(e => e.Position.Commit).ShouldBe([0, 900_001]);
        heard.Checkpoint.ShouldBe(last.Position);
    }

    [Fact]
    public async Task Deleted_events_leave_the_disk()
    {
        for (var i = 0; i < 10; i++) await _engines[0].AppendAsync($"thing-{i % 2}", ExpectedRevision.Any, [Event("{}")]);

        await _engines[1].DeleteStreamAsync("thing-1", ExpectedRevision.Any);

        (await CountAsync("select count(*) from store.chunks")).ShouldBe(5);
        (await _engines[0].ReadAllAsync().ToListAsync()).ShouldAllBe(e => e.Stream == "thing-0");
        (await _engines[0].AppendAsync("thing-1", ExpectedRevision.NoStream, [Event("{}")])).Revision.ShouldBe(5);
    }

    [Fact]
    public async Task Events_beyond_a_maximum_count_leave_the_disk_in_time()
    {
        await _engines[0].SetMetadataAsync("thing-1", new StreamMetadata(MaxCount: 3));
        for (var i = 0; i < 500; i++) await _engines[0].AppendAsync("thing-1", ExpectedRevision.Any, [Event("{}")]);

        await Eventually.Becomes(async () => await CountAsync("select count(*) from store.chunks") < 250);
        (await _engines[1].AppendAsync("thing-1", ExpectedRevision.At(499), [Event("{}")])).Revision.ShouldBe(500);
    }

    [Fact]
    public async Task Events_older_than_a_maximum_age_are_hidden()
    {
        await _engines[0].SetMetadataAsync("thing-1", new StreamMetadata(MaxAge: TimeSpan.FromHours(1)));
        await _engines[0].AppendAsync("thing-1", ExpectedRevision.Any, [Event("{}"), Event("{}")]);
        await ExecuteAsync("update store.chunks set appended_at = appended_at - interval '61 minutes'");
        await _engines[0].AppendAsync("thing-1", ExpectedRevision.At(1), [Event("{}")]);

        (await _engines[0].ReadStreamAsync("thing-1").ToListAsync()).Select(e => e.Revision).ShouldBe([2]);
        (await _engines[0].ReadStreamAsync("thing-1", ReadDirection.Backwards).ToListAsync()).Select(e => e.Revision).ShouldBe([2]);
    }

    [Fact]
    public async Task People_read_events_with_sql()
    {
        NewEvent[] events =
        [
            Event("""{"n":1}""", "A.v1", """{"c":"x"}"""), Event("""{"n":2}""", "A.v1", """{"c":"x"}"""), Event("""{"n":"ü"}""", "B.v1", ""),
            .. Enumerable.Range(0, 100).Select(i => Event($$"""{"n":"{{new string('x', i * 100)}}"}""", i % 2 == 0 ? "A.v1" : "B.v1")),
        ];
        await _engines[0].AppendAsync("thing-1", ExpectedRevision.Any, events);

        await using var command = _database.DataSource.CreateCommand(
            "select position, stream, revision, id, type, data->>'n', metadata->>'c' from store.events order by position");
        await using var rows = await command.ExecuteReaderAsync();
        for (var i = 0; i < events.Length; i++)
        {
            (await rows.ReadAsync()).ShouldBeTrue();
            (rows.GetInt64(0), rows.GetString(1), rows.GetInt64(2)).ShouldBe((i, "thing-1", i));
            (rows.GetGuid(3), rows.GetString(4)).ShouldBe((events[i].Id, events[i].Type));
            rows.GetString(5).ShouldBe(i switch { 0 => "1", 1 => "2", 2 => "ü", _ => new string('x', (i - 3) * 100) });
            (rows.IsDBNull(6) ? null : rows.GetString(6)).ShouldBe(i < 2 ? "x" : null);
        }

        (await rows.ReadAsync()).ShouldBeFalse();
    }

    [Fact]
    public async Task A_name_that_postgres_refuses_is_refused_at_the_door()
    {
        foreach (var name in new[] { "", "a\0b", "a\ud800b", "\udc00", new string('x', 501) })
            await Should.ThrowAsync<ArgumentException>(() => _engines[0].AppendAsync(name, ExpectedRevision.Any, [Event("{}")]));
    }

    [Fact]
    public async Task What_was_taken_in_is_written_before_an_engine_stops()
    {
        var appends = Enumerable.Range(0, 50).Select(i => _engines[0].AppendAsync($"thing-{i}", ExpectedRevision.NoStream, [Event("{}")])).ToList();
        await _engines[0].DisposeAsync();

        await Task.WhenAll(appends);
        await Should.ThrowAsync<StoreUnavailableException>(() => _engines[0].AppendAsync("thing-1", ExpectedRevision.Any, [Event("{}")]));
    }

    private static NewEvent Event(string data, string type = "Happened.v1", string metadata = "{}") =>
        new(Guid.CreateVersion7(), type, Encoding.UTF8.GetBytes(data), Encoding.UTF8.GetBytes(metadata));

    private async Task<long> CountAsync(string sql)
    {
        await using var command = _database.DataSource.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private async Task ExecuteAsync(string sql, NpgsqlConnection? connection = null)
    {
        await using var command = connection is null ? _database.DataSource.CreateCommand(sql) : new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
