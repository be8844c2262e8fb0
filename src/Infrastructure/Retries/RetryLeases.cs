using EventEngine.Application.Retries;
using EventEngine.Domain.Apps;
using Npgsql;

namespace EventEngine.Infrastructure.Retries;

public sealed class RetryLeases(NpgsqlDataSource dataSource) : IRetryLeases
{
    private const string Take = """
        insert into app.retry_leases as lease (app_id, holder, renewed_at) values ($1, $2, clock_timestamp())
        on conflict (app_id) do update set holder = excluded.holder, renewed_at = excluded.renewed_at
        where lease.holder = excluded.holder or lease.renewed_at < clock_timestamp() - interval '4 s'
        """;

    private const string Renew = "update app.retry_leases set renewed_at = clock_timestamp() where holder = $1 returning app_id";
    private const string Release = "delete from app.retry_leases where app_id = $1 and holder = $2";

    private readonly Guid _holder = Guid.NewGuid();

    public async Task<bool> TryTakeAsync(AppId app, CancellationToken ct) => await Command(Take, app.Value, _holder).ExecuteNonQueryAsync(ct) == 1;

    public async Task<IReadOnlySet<AppId>> RenewAsync(CancellationToken ct)
    {
        await using var command = Command(Renew, _holder);
        await using var row = await command.ExecuteReaderAsync(ct);
        var mine = new HashSet<AppId>();
        while (await row.ReadAsync(ct)) mine.Add(new AppId(row.GetGuid(0)));
        return mine;
    }

    public Task ReleaseAsync(AppId app, CancellationToken ct) => Command(Release, app.Value, _holder).ExecuteNonQueryAsync(ct);

    private NpgsqlCommand Command(string sql, params Guid[] values)
    {
        var command = dataSource.CreateCommand(sql);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = value });
        return command;
    }
}
