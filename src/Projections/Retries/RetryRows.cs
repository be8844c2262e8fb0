using EventEngine.Domain.Retries;
using EventEngine.Projections.Runtime;
using Npgsql;

namespace EventEngine.Projections.Retries;

internal static class RetryRows
{
    private const string Request = """
        insert into retries (retry_id, app_id, name, selection, described, person_id, token_id, requested_at, state, changed_at, items,
                             requested, sending, accepted, refused, unconfirmed, unreachable, cancelled, published, dead_lettered)
        values ($1, $2, $3, $4, $5, $6, $7, $8, 'requested', $8, $9, $9, 0, 0, 0, 0, 0, 0, 0, 0)
        """;

    private const string Begin = """
        update retries set state = case when state = 'requested' then 'running' else state end, started_at = coalesce(started_at, $2), changed_at = $2
        where retry_id = $1
        """;

    private const string Turn = "update retries set state = $2, reason = $3, changed_at = $4 where retry_id = $1 and state not in ('stopping', 'finished')";
    private const string Stop = "update retries set state = 'stopping', stopped = coalesce(stopped, $2), reason = null, changed_at = $3 where retry_id = $1 and state <> 'finished'";
    private const string Finish = "update retries set state = 'finished', reason = null, changed_at = $2, finished_at = $2 where retry_id = $1 and state <> 'finished'";
    private const string Forget = "delete from retries where app_id = $1";
    private const string ForgetItems = "delete from retry_items where app_id = $1";
    private const string Unlist = "delete from retry_items where retry_id = $1";
    private const string CopyItems = "copy retry_items (retry_id, number, app_id, event_id, event_name, state) from stdin (format binary)";

    public static Task RequestAsync(NpgsqlConnection db, Guid app, RetryRequested fact, CancellationToken ct) => db.ExecuteAsync(
        Request, ct, fact.RetryId, app, fact.Name, RetryStates.Word(fact.Selection), Text(fact.Described), Id(fact.PersonId), Id(fact.TokenId), fact.At.ToUniversalTime(), fact.Items);

    public static async Task ListAsync(NpgsqlConnection db, Guid app, Guid retry, RetryItemsListed fact, CancellationToken ct)
    {
        if (fact.First == 0) await db.ExecuteAsync(Unlist, ct, retry);
        var rows = new CopyBuffer();
        for (var i = 0; i < fact.EventIds.Count; i++)
        {
            rows.Row(6);
            rows.Uuid(retry);
            rows.Int(fact.First + i);
            rows.Uuid(app);
            rows.Text(fact.EventIds[i]);
            rows.Text(fact.EventNames[fact.NameOf[i]]);
            rows.Text(RetryStates.Requested);
        }

        await rows.SendAsync(db, CopyItems, ct);
    }

    public static Task BeginAsync(NpgsqlConnection db, Guid retry, DateTimeOffset at, CancellationToken ct) => db.ExecuteAsync(Begin, ct, retry, at.ToUniversalTime());

    public static Task TurnAsync(NpgsqlConnection db, Guid retry, string state, string? reason, DateTimeOffset at, CancellationToken ct) =>
        db.ExecuteAsync(Turn, ct, retry, state, Text(reason), at.ToUniversalTime());

    public static Task StopAsync(NpgsqlConnection db, Guid retry, RetryStopCause cause, DateTimeOffset at, CancellationToken ct) =>
        db.ExecuteAsync(Stop, ct, retry, RetryStates.Word(cause), at.ToUniversalTime());

    public static Task FinishAsync(NpgsqlConnection db, Guid retry, DateTimeOffset at, CancellationToken ct) => db.ExecuteAsync(Finish, ct, retry, at.ToUniversalTime());

    public static async Task ForgetAsync(NpgsqlConnection db, Guid app, CancellationToken ct)
    {
        await db.ExecuteAsync(Forget, ct, app);
        await db.ExecuteAsync(ForgetItems, ct, app);
    }

    private static NpgsqlParameter Text(string? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text };

    private static NpgsqlParameter Id(Guid? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Uuid };
}
