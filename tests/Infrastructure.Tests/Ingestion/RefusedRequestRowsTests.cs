using Dapper;
using EventEngine.Application.Ingestion;
using EventEngine.Domain.Apps;
using EventEngine.Infrastructure.Ingestion;
using EventEngine.Testing;
using Npgsql;

namespace EventEngine.Infrastructure.Tests.Ingestion;

public sealed class RefusedRequestRowsTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    private readonly AppId _app = new(Guid.NewGuid());
    private readonly RefusedRequestRows _rows = new(database.DataSource);

    [Fact]
    public async Task Only_the_last_kinds_are_kept()
    {
        await _rows.AddAsync(Enumerable.Range(0, 30).Select(i => new Refusal(_app, "invalid_body", $"At byte {i}.", Now.AddSeconds(i), 1)), default);
        var kept = await MessagesAsync();
        kept.Count.ShouldBe(20);
        kept.ShouldContain("At byte 29.");
        kept.ShouldNotContain("At byte 9.");
    }

    [Fact]
    public async Task The_same_again_is_counted_with_its_last_time()
    {
        await _rows.AddAsync([Refused(Now, 2)], default);
        await _rows.AddAsync([Refused(Now.AddMinutes(1), 3), Refused(Now.AddSeconds(5), 1)], default);
        await using var db = await database.DataSource.OpenConnectionAsync();
        var row = await db.QuerySingleAsync<(DateTime First, DateTime Last, long Count)>(
            "select first_at, last_at, count from app.refused_requests where app_id = @app", new { app = _app.Value });
        row.ShouldBe((Now.UtcDateTime, Now.AddMinutes(1).UtcDateTime, 6));
    }

    [Fact]
    public async Task Every_node_hears_of_it()
    {
        await using var node = await database.DataSource.OpenConnectionAsync();
        var heard = new List<string>();
        node.Notification += (_, news) => heard.Add(news.Payload);
        await using (var listen = new NpgsqlCommand($"listen {RefusedRequests.Channel}", node)) await listen.ExecuteNonQueryAsync();
        await _rows.AddAsync([Refused(Now, 1)], default);
        (await node.WaitAsync(TimeSpan.FromSeconds(10))).ShouldBeTrue();
        heard.ShouldBe([_app.Value.ToString()]);
    }

    private Refusal Refused(DateTimeOffset at, long count) => new(_app, "revoked_api_key", "A revoked one.", at, count);

    private async Task<IReadOnlyList<string>> MessagesAsync()
    {
        await using var db = await database.DataSource.OpenConnectionAsync();
        return [.. await db.QueryAsync<string>("select message from app.refused_requests where app_id = @app", new { app = _app.Value })];
    }
}
