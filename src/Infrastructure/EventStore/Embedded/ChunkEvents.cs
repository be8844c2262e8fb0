using EventEngine.Application.EventStore;

namespace EventEngine.Infrastructure.EventStore.Embedded;

internal static class ChunkEvents
{
    /// <summary>Adds those events of a chunk that the filter keeps, from one index in the chunk to another, in the direction of reading.</summary>
    public static void Unpack(
        in Chunk chunk, string stream, AllFilter filter, long first, long last, ReadDirection direction, List<RecordedEvent> into)
    {
        if (first >= chunk.Count || last < 0) return;
        var keepsAll = filter.KeepsAll(stream);
        var start = into.Count;
        var reader = new ChunkReader(chunk.Events);
        for (var i = 0; i <= last && reader.Read(); i++)
        {
            if (i < first || (!keepsAll && !filter.KeepsType(reader.Type))) continue;
            into.Add(new RecordedEvent(
                stream, chunk.FirstRevision + i, PendingAppend.PositionAt(chunk.FirstPosition + i), reader.Id, reader.Type, reader.Data, reader.Metadata));
        }

        if (direction == ReadDirection.Backwards) into.Reverse(start, into.Count - start);
    }
}
