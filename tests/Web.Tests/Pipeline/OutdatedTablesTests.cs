using System.Net;
using EventEngine.Web.Tests.Api;

namespace EventEngine.Web.Tests.Pipeline;

/// <summary>A program meets tables of an older version, until its own are built.</summary>
public sealed class OutdatedTablesTests : IAsyncLifetime
{
    private readonly ApiHost _host = new();

    public Task InitializeAsync() => _host.InitializeAsync();

    public Task DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task What_needs_a_new_column_says_that_it_is_being_built_and_when_to_come_again()
    {
        await _host.GetAsync("/api/v1/apps");
        await ExecuteAsync("""
            alter table views.app_health rename column usual_gap_ms to gap_ms;
            update views.checkpoints set state = 'outdated' where projection = 'heartbeats';
            insert into app.rebuilds (rebuild_id, projection, kind, keep, accept_differences, requested_by, requested_at, state, applied, seconds_left)
            values (gen_random_uuid(), 'heartbeats', 'discard', false, false, 'tests', now(), 'building', 1200, 7)
            """);

        using var client = _host.Client(_host.Ours.Token);
        using var answer = await client.GetAsync("/api/v1/apps");

        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        answer.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(1));
        (await answer.Content.ReadAsStringAsync()).ShouldContain("heartbeats, 1200 events so far, about 7 s left");
        (await client.GetAsync("/api/v1/pipeline")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_column_that_nobody_is_building_is_a_fault()
    {
        await _host.GetAsync("/api/v1/apps");
        await ExecuteAsync("alter table views.app_health rename column usual_gap_ms to gap_ms");

        using var client = _host.Client(_host.Ours.Token);
        (await client.GetAsync("/api/v1/apps")).StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = _host.Database.DataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
