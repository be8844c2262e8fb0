using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace EventEngine.Infrastructure.EventStore.Embedded;

/// <summary>Removes from disk, in the background, what readers no longer see.</summary>
internal sealed class StreamTrimmer : IAsyncDisposable
{
    // The last chunk stays: it is where the stream's revision stands.
    private const string Trim = """
        with newest as (
            select first_revision, first_revision + event_count - 1 as revision
            from store.chunks where stream_id = $1 order by first_revision desc limit 1)
        delete from store.chunks c using store.streams s, newest
        where s.stream_id = $1 and c.stream_id = $1 and c.first_revision < newest.first_revision
          and (c.first_revision + c.event_count - 1 <= newest.revision - s.max_count or c.appended_at < $2 - s.max_age)
        """;

    private const string RemoveDeleted = """
        delete from store.chunks where first_position in (
            select c.first_position from store.streams s join store.chunks c on c.stream_id = s.stream_id and c.first_revision < s.truncate_before
            where s.truncate_before > 0 limit 5000)
        """;

    private readonly Channel<long> _due = Channel.CreateBounded<long>(new BoundedChannelOptions(1_000) { FullMode = BoundedChannelFullMode.DropOldest });
    private readonly NpgsqlDataSource _dataSource;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Task _loop;

    public StreamTrimmer(NpgsqlDataSource dataSource, TimeProvider time, ILogger logger)
    {
        (_dataSource, _time, _logger) = (dataSource, time, logger);
        _loop = Task.Run(RunAsync);
    }

    /// <summary>What the stream's limits hide goes, soon; asked again later if it could not be done.</summary>
    public void TrimSoon(long streamId) => _due.Writer.TryWrite(streamId);

    /// <summary>Removes the events of all deleted streams, also those a stopped process left behind.</summary>
    public async Task RemoveDeletedAsync(CancellationToken ct)
    {
        await using var command = _dataSource.CreateCommand(RemoveDeleted);
        while (await command.ExecuteNonQueryAsync(ct) > 0)
        {
        }
    }

    public async ValueTask DisposeAsync()
    {
        _due.Writer.TryComplete();
        await _loop;
    }

    private async Task RunAsync()
    {
        await foreach (var streamId in _due.Reader.ReadAllAsync())
        {
            try
            {
                await using var command = _dataSource.CreateCommand(Trim);
                command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = streamId });
                command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = _time.GetUtcNow().UtcDateTime });
                await command.ExecuteNonQueryAsync();
            }
            catch (Exception e)
            {
                _logger.LogWarning(e, "Stream {StreamId} could not be trimmed; it will be tried again", streamId);
            }
        }
    }
}
