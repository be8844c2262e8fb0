using Npgsql;
using NpgsqlTypes;

namespace EventEngine.Infrastructure.EventStore.Embedded;

/// <summary>
/// Writes a group of a few appends with one statement that is its own transaction: one round trip where COPY takes four. It writes nothing
/// when somebody else has moved the head. For much data COPY is the cheaper way.
/// </summary>
internal static class SmallGroup
{
    private const int MaxBytes = 64 * 1024;

    private const string Insert = $"""
        with moved as (
            update store.head set position = position + $1 where position = $2 and changes = $3
            returning pg_notify('{GroupTransaction.Channel}', position::text))
        insert into store.chunks ({ChunkRows.Columns})
        select first_position, stream_id, first_revision, event_count, $4, events
        from unnest($5, $6, $7, $8, $9) as chunk (first_position, stream_id, first_revision, event_count, events)
        where exists (select from moved)
        """;

    public static bool Fits(AppendPlan plan)
    {
        var bytes = 0;
        foreach (var append in plan.Accepted)
        {
            bytes += append.Encoded.Bytes;
            if (bytes > MaxBytes || append.Head.StreamId == 0) return false;
        }

        return bytes > 0;
    }

    /// <summary>False when the head was not where the plan begins; then nothing is written.</summary>
    public static async Task<bool> TryWriteAsync(AppendPlan plan, StoreHeadRow head, DateTime now, NpgsqlConnection connection)
    {
        var rows = plan.Accepted.Sum(append => append.Encoded.Chunks);
        var (positions, streams, revisions) = (new long[rows], new long[rows], new long[rows]);
        var (counts, events) = (new int[rows], new ReadOnlyMemory<byte>[rows]);
        var row = 0;
        foreach (var chunk in plan.Chunks())
        {
            (positions[row], streams[row], revisions[row], counts[row], events[row]) =
                (chunk.FirstPosition, chunk.StreamId, chunk.FirstRevision, chunk.Count, chunk.Events);
            row++;
        }

        await using var command = new NpgsqlCommand(Insert, connection)
        {
            Parameters =
            {
                new NpgsqlParameter<long> { TypedValue = plan.Events },
                new NpgsqlParameter<long> { TypedValue = head.Position },
                new NpgsqlParameter<long> { TypedValue = head.Changes },
                new NpgsqlParameter<DateTime> { TypedValue = now },
                new NpgsqlParameter<long[]> { TypedValue = positions },
                new NpgsqlParameter<long[]> { TypedValue = streams },
                new NpgsqlParameter<long[]> { TypedValue = revisions },
                new NpgsqlParameter<int[]> { TypedValue = counts },
                new NpgsqlParameter { Value = events, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea },
            },
        };
        await command.PrepareAsync();
        return await command.ExecuteNonQueryAsync() > 0;
    }
}
