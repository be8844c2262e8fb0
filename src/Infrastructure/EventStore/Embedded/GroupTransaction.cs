using System.Data.Common;
using EventEngine.Application.EventStore;
using Npgsql;
using NpgsqlTypes;

namespace EventEngine.Infrastructure.EventStore.Embedded;

/// <summary>Makes groups of appends durable, each in one transaction, over one connection that it keeps.</summary>
internal sealed class GroupTransaction(NpgsqlDataSource dataSource, TimeProvider time) : IAsyncDisposable
{
    public const string Channel = "store_appended";

    // The row's lock puts the groups of all processes in one order until commit; the listeners hear only of what is committed.
    private const string Move = $"""
        update store.head set position = position + $1
        returning position - $1, changes, pg_notify('{Channel}', position::text)
        """;

    private const string Copy = $"copy store.chunks ({ChunkRows.Columns}) from stdin (format binary)";

    private readonly StreamHeads _heads = new();
    private NpgsqlConnection? _connection;

    /// <summary>The head once the group is committed. Every append of the group has its answer then, still to be told.</summary>
    /// <exception cref="DbException">Nothing is known to be written; the next group starts afresh.</exception>
    public async Task<long> WriteAsync(IReadOnlyList<PendingAppend> group)
    {
        var connection = await ConnectAsync();
        try
        {
            await using var transaction = await connection.BeginTransactionAsync();
            var plan = await PlanAsync(group, connection);
            if (plan.Events > 0) await CopyAsync(plan, connection);
            await transaction.CommitAsync();
            foreach (var append in plan.Accepted) append.Head.Last = append.Head.Planned;
            _heads.Moved(_heads.Position + plan.Events);
            return _heads.Position;
        }
        catch
        {
            await DisconnectAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => DisconnectAsync();

    private async Task<AppendPlan> PlanAsync(IReadOnlyList<PendingAppend> group, NpgsqlConnection connection)
    {
        // Usually nobody else has written and nothing is refused: then the head is moved at once by what the plan needs.
        var hopeful = new AppendPlan(_heads.Position);
        var simple = _heads.TryAttach(group) && group.All(hopeful.TryAccept);
        var reserved = simple ? hopeful.Events : 0;
        var head = await MoveHeadAsync(reserved, connection);
        var current = _heads.AreCurrentAt(head);
        if (!simple || !current)
        {
            if (!current) _heads.Restart(head);
            hopeful = await DecideAsync(group, connection);
            if (hopeful.Events != reserved) await MoveHeadAsync(hopeful.Events - reserved, connection);
        }

        var created = hopeful.Accepted.Select(append => append.Head).Where(stream => stream.StreamId == 0).Select(stream => stream.Name).Distinct().ToArray();
        if (created.Length > 0) await _heads.CreateAsync(created, connection);
        return hopeful;
    }

    private async Task<AppendPlan> DecideAsync(IReadOnlyList<PendingAppend> group, NpgsqlConnection connection)
    {
        await _heads.AttachAsync(group, connection);
        var plan = new AppendPlan(_heads.Position);
        foreach (var append in group)
        {
            if (!plan.TryAccept(append)) await plan.RefuseAsync(append, connection);
        }

        return plan;
    }

    private static async Task<StoreHeadRow> MoveHeadAsync(long events, NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(Move, connection) { Parameters = { new NpgsqlParameter<long> { TypedValue = events } } };
        await command.PrepareAsync();
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return new StoreHeadRow(reader.GetInt64(0), reader.GetInt64(1));
    }

    private async Task CopyAsync(AppendPlan plan, NpgsqlConnection connection)
    {
        var now = time.GetUtcNow().UtcDateTime;
        await using var copy = await connection.BeginBinaryImportAsync(Copy);
        foreach (var append in plan.Accepted)
        {
            var (position, revision) = (append.FirstPosition, append.FirstRevision);
            for (var chunk = 0; chunk < append.Encoded.Chunks; chunk++)
            {
                var events = append.Encoded.EventsOf(chunk);
                await copy.StartRowAsync();
                await copy.WriteAsync(position, NpgsqlDbType.Bigint);
                await copy.WriteAsync(append.Head.StreamId, NpgsqlDbType.Bigint);
                await copy.WriteAsync(revision, NpgsqlDbType.Bigint);
                await copy.WriteAsync(events, NpgsqlDbType.Integer);
                await copy.WriteAsync(now, NpgsqlDbType.TimestampTz);
                await copy.WriteAsync(append.Encoded.BytesOf(chunk), NpgsqlDbType.Bytea);
                position += events;
                revision += events;
            }
        }

        await copy.CompleteAsync();
    }

    private async Task<NpgsqlConnection> ConnectAsync()
    {
        if (_connection is not null) return _connection;
        _heads.Forget();
        return _connection = await dataSource.OpenConnectionAsync();
    }

    private async ValueTask DisconnectAsync()
    {
        if (_connection is null) return;
        await _connection.DisposeAsync();
        _connection = null;
    }
}
