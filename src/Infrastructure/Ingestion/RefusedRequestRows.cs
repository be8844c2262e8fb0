using Dapper;
using EventEngine.Application.Ingestion;
using Npgsql;

namespace EventEngine.Infrastructure.Ingestion;

/// <summary>The last kinds of refusals of each app: what is older than the twentieth goes.</summary>
public sealed class RefusedRequestRows(NpgsqlDataSource dataSource)
{
    private const int TimeoutSeconds = 5;

    private const string Write = """
        insert into app.refused_requests as r (app_id, reason, message, first_at, last_at, count)
        select app, reason, message, at, at, count from unnest(@apps, @reasons, @messages, @times, @counts) as n (app, reason, message, at, count)
        on conflict (app_id, reason, message) do update set last_at = greatest(r.last_at, excluded.last_at), count = r.count + excluded.count;
        delete from app.refused_requests r using (
            select app_id, reason, message, row_number() over (partition by app_id order by last_at desc, reason, message) as place
            from app.refused_requests where app_id = any (@apps)) p
        where r.app_id = p.app_id and r.reason = p.reason and r.message = p.message and p.place > 20;
        select pg_notify(@channel, app::text) from (select distinct unnest(@apps) as app) a
        """;

    public async Task AddAsync(IEnumerable<Refusal> refusals, CancellationToken ct)
    {
        // One row for each, in one order: two nodes that write at once would otherwise wait for each other.
        var rows = refusals.GroupBy(refusal => (refusal.App.Value, refusal.Reason, refusal.Message)).OrderBy(rows => rows.Key).ToList();
        if (rows.Count == 0) return;
        await using var db = await dataSource.OpenConnectionAsync(ct);
        var values = new
        {
            apps = rows.Select(row => row.Key.Value).ToArray(),
            reasons = rows.Select(row => row.Key.Reason).ToArray(),
            messages = rows.Select(row => row.Key.Message).ToArray(),
            times = rows.Select(row => row.Max(refusal => refusal.At).ToUniversalTime()).ToArray(),
            counts = rows.Select(row => row.Sum(refusal => refusal.Count)).ToArray(),
            channel = RefusedRequests.Channel,
        };
        await using var transaction = await db.BeginTransactionAsync(ct);
        await db.ExecuteAsync(new CommandDefinition(Write, values, transaction, TimeoutSeconds, cancellationToken: ct));
        await transaction.CommitAsync(ct);
    }
}
