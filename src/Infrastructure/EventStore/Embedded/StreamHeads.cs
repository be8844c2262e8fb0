using Npgsql;
using NpgsqlTypes;

namespace EventEngine.Infrastructure.EventStore.Embedded;

/// <summary>
/// What the appender remembers of streams. It holds as long as nobody else moved the head: every append by another process changes the
/// position, every deletion or change of limits the count of changes.
/// </summary>
internal sealed class StreamHeads
{
    private const int MaxRemembered = 50_000;

    private const string Load = """
        select s.name, s.stream_id, s.truncate_before, s.tombstoned, s.max_count, s.max_age is not null,
               greatest(s.truncate_before, (select c.first_revision + c.event_count from store.chunks c
                                            where c.stream_id = s.stream_id order by c.first_revision desc limit 1)) - 1
        from store.streams s where s.name = any($1)
        """;

    private const string Create = "insert into store.streams (name) select unnest($1) returning name, stream_id";

    private readonly Dictionary<string, StreamHead> _streams = new(StringComparer.Ordinal);

    /// <summary>The head at which all this was true.</summary>
    public StoreHeadRow Head { get; private set; }

    public void Forget() => Restart(new StoreHeadRow(long.MinValue, long.MinValue));

    public void Restart(StoreHeadRow head)
    {
        _streams.Clear();
        Head = head;
    }

    public void Moved(long position) => Head = Head with { Position = position };

    /// <summary>False when one of the streams is not remembered.</summary>
    public bool TryAttach(IEnumerable<PendingAppend> group)
    {
        if (_streams.Count > MaxRemembered) _streams.Clear();
        foreach (var append in group)
        {
            if (!_streams.TryGetValue(append.Stream, out var head)) return false;
            append.Head = head;
            head.Planned = head.Last;
        }

        return true;
    }

    public async Task AttachAsync(IReadOnlyCollection<PendingAppend> group, NpgsqlConnection connection)
    {
        var unknown = group.Select(append => append.Stream).Distinct().Where(name => !_streams.ContainsKey(name)).ToArray();
        if (unknown.Length > 0) await LoadAsync(unknown, connection);
        TryAttach(group);
    }

    public async Task CreateAsync(string[] names, NpgsqlConnection connection)
    {
        await using var command = WithNames(Create, names, connection);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync()) _streams[reader.GetString(0)].StreamId = reader.GetInt64(1);
    }

    private async Task LoadAsync(string[] names, NpgsqlConnection connection)
    {
        foreach (var name in names) _streams[name] = new StreamHead(name);
        await using var command = WithNames(Load, names, connection);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            var name = reader.GetString(0);
            _streams[name] = new StreamHead(name)
            {
                StreamId = reader.GetInt64(1),
                TruncateBefore = reader.GetInt64(2),
                Tombstoned = reader.GetBoolean(3),
                MaxCount = reader.IsDBNull(4) ? null : reader.GetInt64(4),
                HasMaxAge = reader.GetBoolean(5),
                Last = reader.GetInt64(6),
            };
        }
    }

    private static NpgsqlCommand WithNames(string sql, string[] names, NpgsqlConnection connection) =>
        new(sql, connection) { Parameters = { new() { Value = names, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text } } };
}

/// <summary>The one row of store.head.</summary>
internal readonly record struct StoreHeadRow(long Position, long Changes);
