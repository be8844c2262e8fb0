using System.Data.Common;
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

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <summary>The head once the group is committed. Every append of the group has its answer then, still to be told.</summary>
    /// <exception cref="DbException">Nothing is known to be written; the next group starts afresh.</exception>
    public async Task<long> WriteAsync(IReadOnlyList<PendingAppend> group)
    {
        var connection = await ConnectAsync();
        try
        {
            // Usually nobody else has written and nothing is refused. Whether that is so, the head tells when it is moved.
            var hopeful = new AppendPlan(_heads.Head.Position);
            var isSimple = _heads.TryAttach(group) && group.All(hopeful.TryAccept);
            var isWritten = isSimple && SmallGroup.Fits(hopeful) && await SmallGroup.TryWriteAsync(hopeful, _heads.Head, Now, connection);
            var plan = isWritten ? hopeful : await WriteAsync(group, isSimple ? hopeful : null, connection);
            foreach (var append in plan.Accepted) append.Head.Last = append.Head.Planned;
            _heads.Moved(_heads.Head.Position + plan.Events);
            return _heads.Head.Position;
        }
        catch
        {
            await DisconnectAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => DisconnectAsync();

    private async Task<AppendPlan> WriteAsync(IReadOnlyList<PendingAppend> group, AppendPlan? hopeful, NpgsqlConnection connection)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        var reserved = hopeful?.Events ?? 0;
        var head = await MoveHeadAsync(reserved, connection);
        var isCurrent = head == _heads.Head;
        if (!isCurrent) _heads.Restart(head);
        var plan = hopeful is not null && isCurrent ? hopeful : await DecideAsync(group, connection);
        if (plan.Events != reserved) await MoveHeadAsync(plan.Events - reserved, connection);
        if (plan.Events > 0)
        {
            await CreateStreamsAsync(plan, connection);
            await CopyAsync(plan, connection);
        }

        await transaction.CommitAsync();
        return plan;
    }

    private async Task CreateStreamsAsync(AppendPlan plan, NpgsqlConnection connection)
    {
        var names = plan.Accepted.Select(append => append.Head).Where(stream => stream.StreamId == 0).Select(stream => stream.Name).Distinct().ToArray();
        if (names.Length > 0) await _heads.CreateAsync(names, connection);
    }

    private async Task<AppendPlan> DecideAsync(IReadOnlyList<PendingAppend> group, NpgsqlConnection connection)
    {
        await _heads.AttachAsync(group, connection);
        var plan = new AppendPlan(_heads.Head.Position);
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
        var now = Now;
        await using var copy = await connection.BeginBinaryImportAsync(Copy);
        foreach (var chunk in plan.Chunks())
        {
            await copy.StartRowAsync();
            await copy.WriteAsync(chunk.FirstPosition, NpgsqlDbType.Bigint);
            await copy.WriteAsync(chunk.StreamId, NpgsqlDbType.Bigint);
            await copy.WriteAsync(chunk.FirstRevision, NpgsqlDbType.Bigint);
            await copy.WriteAsync(chunk.Count, NpgsqlDbType.Integer);
            await copy.WriteAsync(now, NpgsqlDbType.TimestampTz);
            await copy.WriteAsync(chunk.Events, NpgsqlDbType.Bytea);
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
