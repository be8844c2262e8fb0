using System.Text.Json;
using System.Threading.Channels;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Entries;
using EventEngine.Projections.Apps;
using EventEngine.Projections.Entries;
using EventEngine.Projections.Heartbeats;
using EventEngine.Projections.Organizations;
using EventEngine.Projections.Runtime;
using EventEngine.Projections.Schemas;
using EventEngine.Projections.Tests.Shared;
using EventEngine.Testing;
using Npgsql;
using static EventEngine.Projections.Tests.Shared.Feed;

namespace EventEngine.Projections.Tests.Runtime;

public sealed class CommittingTests
{
    [Fact]
    public async Task Listeners_hear_which_apps_changed_and_up_to_where()
    {
        await using var pipeline = await Pipeline.CreateAsync();
        await using var listener = await pipeline.DataSource.OpenConnectionAsync();
        var heard = Channel.CreateUnbounded<string>();
        listener.Notification += (_, notification) => heard.Writer.TryWrite(notification.Payload);
        await using (var listen = new NpgsqlCommand("listen views_committed", listener)) await listen.ExecuteNonQueryAsync();
        await pipeline.ReceiveAsync(Shop, Entry("1", EntryStatus.Emitted, 0));

        await pipeline.RunAsync(new EntriesProjection());
        await listener.WaitAsync();

        heard.Reader.TryRead(out var payload).ShouldBeTrue();
        var said = JsonDocument.Parse(payload!).RootElement;
        said.GetProperty("projection").GetString().ShouldBe("entries");
        said.GetProperty("apps")[0].GetString().ShouldBe(Shop.ToString());
        said.GetProperty("position").GetString().ShouldBe((await pipeline.Store.ReadHeadAsync()).ToString());
    }

    [Fact]
    public async Task When_many_apps_changed_they_are_not_named()
    {
        await using var pipeline = await Pipeline.CreateAsync();
        for (var i = 0; i < 200; i++) await pipeline.ReceiveAsync(new AppId(Guid.NewGuid()), Entry("1", EntryStatus.Emitted, 0));

        await pipeline.RunAsync(new EntriesProjection());

        (await pipeline.ScalarAsync<long>("select count(*) from views.app_totals")).ShouldBe(200);
    }

    [Fact]
    public async Task What_a_projection_does_not_want_moves_its_checkpoint_all_the_same()
    {
        await using var pipeline = await Pipeline.CreateAsync();
        await pipeline.StartAsync(new AppsProjection(), new EntriesProjection());
        await pipeline.ReceiveAsync(Shop, Entry("1", EntryStatus.Emitted, 0));

        await pipeline.CaughtUpAsync("apps");

        (await pipeline.ScalarAsync<long>("select applied from views.checkpoints where projection = 'apps'")).ShouldBe(0);
    }

    [Fact]
    public async Task Every_projection_can_be_made_in_another_schema()
    {
        await using var pipeline = await Pipeline.CreateAsync();
        IProjection[] projections =
        [
            new AppsProjection(), new OrganizationsProjection(), new SchemasProjection(),
            new HeartbeatsProjection(), new EntriesProjection(),
        ];
        await using var db = await pipeline.DataSource.OpenConnectionAsync();
        await using (var schema = new NpgsqlCommand("create schema beside; set search_path to beside", db)) await schema.ExecuteNonQueryAsync();

        foreach (var projection in projections) await projection.Tables.CreateAsync(db, CancellationToken.None);

        var made = await pipeline.RowsAsync("select tablename from pg_tables where schemaname = 'beside'");
        made.Order().ShouldBe(projections.SelectMany(projection => projection.Tables.Names).Select(name => $"({name})").Order());
        (await pipeline.ScalarAsync<long>("select count(*) from pg_tables where schemaname in ('views', 'public') and tablename not in ('checkpoints', 'gate', 'migrations')")).ShouldBe(0);
    }
}
