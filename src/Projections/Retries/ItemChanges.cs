using EventEngine.Domain.Retries;
using EventEngine.Projections.Runtime;
using Npgsql;
using NpgsqlTypes;

namespace EventEngine.Projections.Retries;

/// <summary>What happens to the items of one retry in a batch: the last of each is written, and the counts move by the difference.</summary>
internal sealed class ItemChanges(Guid retry)
{
    private static readonly string Moves = string.Join(", ", RetryStates.All.Select(state =>
        $"{state} = r.{state} + d.{state}"));

    private static readonly string Differences = string.Join(", ", RetryStates.All.Select(state =>
        $"(count(*) filter (where now = '{state}') - count(*) filter (where was = '{state}'))::int as {state}"));

    private static readonly string Write = $"""
        with changed as (
            update retry_items i set state = g.state, status_code = g.status_code, reason = g.reason, answered_at = g.answered_at,
                   sent_at = case when g.state = 'requested' then null else coalesce(g.sent_at, i.sent_at) end
            from unnest($2, $3, $4, $5, $6, $7) as g (number, state, status_code, reason, sent_at, answered_at)
            join retry_items o on o.retry_id = $1 and o.number = g.number
            where i.retry_id = $1 and i.number = g.number returning o.state as was, i.state as now)
        update retries r set {Moves}, changed_at = $8 from (select {Differences} from changed) d where r.retry_id = $1
        """;

    private static readonly string Move = $"""
        with changed as (
            update retry_items i set state = $3 where retry_id = $1 and state = $2 returning $2 as was, i.state as now)
        update retries r set {Moves} from (select {Differences} from changed) d where r.retry_id = $1
        """;

    private static readonly string End = $"""
        with changed as (
            update retry_items i set state = coalesce((select stopped from retries where retry_id = $1), 'cancelled')
            where retry_id = $1 and state = 'requested' returning 'requested' as was, i.state as now)
        update retries r set {Moves} from (select {Differences} from changed) d where r.retry_id = $1
        """;

    private static readonly string Confirm = $"""
        with changed as (
            update retry_items i set state = $3, confirmed_at = $4 from unnest($2) as g (number)
            join retry_items o on o.retry_id = $1 and o.number = g.number and o.state in ('accepted', 'unconfirmed')
            where i.retry_id = $1 and i.number = g.number returning o.state as was, i.state as now)
        update retries r set {Moves}, changed_at = $4 from (select {Differences} from changed) d where r.retry_id = $1
        """;

    private readonly SortedDictionary<int, Change> _changes = [];
    private DateTimeOffset _at;

    public void Sending(RetrySending fact)
    {
        _at = fact.At;
        foreach (var item in fact.Items) _changes[item] = new Change(RetryStates.Sending, null, null, fact.At, null);
    }

    public void Answered(RetryAnswered fact)
    {
        _at = fact.At;
        foreach (var answer in fact.Answers)
        {
            var sentAt = _changes.GetValueOrDefault(answer.Item)?.SentAt;
            _changes[answer.Item] = new Change(RetryStates.Of(answer.Outcome), answer.StatusCode, answer.Reason, sentAt, fact.At);
        }
    }

    public async Task WriteAsync(NpgsqlConnection db, CancellationToken ct)
    {
        if (_changes.Count == 0) return;
        var all = _changes.Values;
        await db.ExecuteAsync(
            Write, ct, retry,
            Array(_changes.Keys, NpgsqlDbType.Integer), Array(all.Select(change => change.State), NpgsqlDbType.Text), Array(all.Select(change => change.StatusCode), NpgsqlDbType.Integer),
            Array(all.Select(change => change.Reason), NpgsqlDbType.Text), Array(all.Select(change => change.SentAt?.UtcDateTime), NpgsqlDbType.TimestampTz),
            Array(all.Select(change => change.AnsweredAt?.UtcDateTime), NpgsqlDbType.TimestampTz), _at.ToUniversalTime());
        _changes.Clear();
    }

    /// <summary>All that are in one state.</summary>
    public async Task MoveAsync(NpgsqlConnection db, string from, string to, CancellationToken ct)
    {
        await WriteAsync(db, ct);
        await db.ExecuteAsync(Move, ct, retry, from, to);
    }

    /// <summary>What is not sent yet never will be, for the reason why the retry was stopped.</summary>
    public async Task EndAsync(NpgsqlConnection db, CancellationToken ct)
    {
        await WriteAsync(db, ct);
        await db.ExecuteAsync(End, ct, retry);
    }

    /// <summary>Only what was sent, and was not confirmed before.</summary>
    public async Task ConfirmAsync(NpgsqlConnection db, IReadOnlyList<int> items, string state, DateTimeOffset at, CancellationToken ct)
    {
        await WriteAsync(db, ct);
        if (items.Count > 0) await db.ExecuteAsync(Confirm, ct, retry, Array(items, NpgsqlDbType.Integer), state, at.ToUniversalTime());
    }

    private static NpgsqlParameter Array<T>(IEnumerable<T> values, NpgsqlDbType type) => new() { Value = values.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | type };

    private sealed record Change(string State, int? StatusCode, string? Reason, DateTimeOffset? SentAt, DateTimeOffset? AnsweredAt);
}
