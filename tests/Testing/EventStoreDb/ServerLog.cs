using System.Text.Json;
using System.Text.Json.Nodes;
using EventEngine.Infrastructure.EventStore.EventStoreDb.Client.Protocol;
using Google.Protobuf;

namespace EventEngine.Testing.EventStoreDb;

/// <summary>What an append or deletion came to.</summary>
internal enum Verdict
{
    Done,
    WrongRevision,
    Deleted,
    TooLarge,
}

internal readonly record struct Outcome(Verdict Verdict, long Revision, ulong Position = 0);

/// <summary>
/// The log and the streams in it, as EventStoreDB 23.10 keeps them: positions are places in a file, a deletion is an entry in the stream's
/// metadata, a repetition is recognized by its ids, and nothing leaves the log.
/// </summary>
internal sealed class ServerLog
{
    private const int MaxAppend = 1 << 20;
    private readonly Lock _lock = new();
    private readonly List<LogRecord> _records = [];
    private readonly Dictionary<string, List<LogRecord>> _streams = new(StringComparer.Ordinal);
    private readonly HashSet<string> _tombstones = new(StringComparer.Ordinal);
    private TaskCompletionSource _grown = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ulong _end = 400;

    public ServerLog() => Add("$$$scavenges", [Event("$metadata", """{"$maxAge":2592000}""")]);

    /// <summary>The next records from an index, at most so many, and what to wait for when there are none.</summary>
    public (LogRecord[] Records, Task Grown) From(int index, int most)
    {
        lock (_lock) return ([.. _records.Skip(index).Take(most)], _grown.Task);
    }

    /// <summary>The index of the first record at a position or beyond.</summary>
    public int IndexOf(ulong position)
    {
        lock (_lock)
        {
            var index = _records.BinarySearch(Probe(position), Comparer<LogRecord>.Create((a, b) => a.Position.CompareTo(b.Position)));
            return index < 0 ? ~index : index;
        }
    }

    public int Count
    {
        get
        {
            lock (_lock) return _records.Count;
        }
    }

    /// <summary>What a read of the stream may show, oldest first; null: no such stream.</summary>
    public LogRecord[]? Visible(string stream)
    {
        lock (_lock)
        {
            if (_tombstones.Contains(stream) || (stream.StartsWith("$$", StringComparison.Ordinal) && _tombstones.Contains(stream[2..])))
                throw GrpcRefusalException.StreamDeleted(stream);
            if (!_streams.TryGetValue(stream, out var records)) return null;
            var limits = Limits(stream);
            var first = Math.Max(limits.TruncateBefore, limits.MaxCount is { } count ? records.Count - count : 0);
            var oldest = limits.MaxAge is { } age ? TimeProvider.System.GetUtcNow() - age : DateTimeOffset.MinValue;
            return limits.TruncateBefore > records.Count ? null : [.. records.Skip((int)first).Where(record => record.Created >= oldest)];
        }
    }

    public Outcome Append(string stream, long expected, IReadOnlyList<ProposedEvent> events)
    {
        lock (_lock)
        {
            var last = _streams.TryGetValue(stream, out var records) ? records.Count - 1 : -1;
            if (events.Sum(e => e.Data.Length + e.Metadata.Length) > MaxAppend) return new Outcome(Verdict.TooLarge, last);
            if (_tombstones.Contains(stream)) return new Outcome(Verdict.Deleted, last);
            var isDeleted = IsDeleted(stream);
            if (expected == -4 && isDeleted) return new Outcome(Verdict.Deleted, last);
            if (Repeated(records, expected, events) is { } original) return new Outcome(Verdict.Done, original.Revision, original.Position);
            if (!Meets(expected, last, isDeleted)) return new Outcome(Verdict.WrongRevision, last);
            var written = Add(stream, events);
            if (isDeleted) SetTruncateBefore(stream, last + 1);
            return new Outcome(Verdict.Done, written.Revision, written.Position);
        }
    }

    public Outcome Delete(string stream, long expected, bool tombstone)
    {
        lock (_lock)
        {
            var last = _streams.TryGetValue(stream, out var records) ? records.Count - 1 : -1;
            if (_tombstones.Contains(stream)) return new Outcome(Verdict.Deleted, last);
            if (!Meets(expected, last, IsDeleted(stream))) return new Outcome(Verdict.WrongRevision, last);
            var record = tombstone ? Add(stream, [Event("$streamDeleted", "{}")]) : SetTruncateBefore(stream, long.MaxValue);
            if (tombstone) _tombstones.Add(stream);
            return new Outcome(Verdict.Done, last, record.Position);
        }
    }

    private static bool Meets(long expected, long last, bool isDeleted) => expected switch
    {
        -2 => true,
        -4 => last >= 0 && !isDeleted,
        -1 => last < 0 || isDeleted,
        _ => expected == last,
    };

    // Where any revision is fine, the ids alone tell; else they have to be where they would have been written.
    private static LogRecord? Repeated(List<LogRecord>? records, long expected, IReadOnlyList<ProposedEvent> events)
    {
        if (records is null) return null;
        var first = expected < -1 ? records.FindIndex(record => record.Id == Ids.Of(events[0].Id)) : (int)expected + 1;
        if (first < 0 || first + events.Count > records.Count) return null;
        for (var i = 0; i < events.Count; i++)
        {
            if (records[first + i].Id != Ids.Of(events[i].Id)) return null;
        }

        return records[first + events.Count - 1];
    }

    private static ProposedEvent Event(string type, string json) => new()
    {
        Id = Ids.Of(Guid.NewGuid(), asText: false),
        Properties = { { "type", type }, { "content-type", "application/json" } },
        Data = ByteString.CopyFromUtf8(json),
    };

    private static LogRecord Probe(ulong position) => new("", 0, position, default, "", "", ByteString.Empty, ByteString.Empty, default);

    private bool IsDeleted(string stream) => Limits(stream).TruncateBefore == long.MaxValue;

    private JsonObject About(string stream) =>
        _streams.TryGetValue("$$" + stream, out var about) ? JsonNode.Parse(about[^1].Data.Span)!.AsObject() : [];

    private (long TruncateBefore, long? MaxCount, TimeSpan? MaxAge) Limits(string stream)
    {
        var about = About(stream);
        return (
            about["$tb"]?.GetValue<long>() ?? 0,
            about["$maxCount"]?.GetValue<long>(),
            about["$maxAge"]?.GetValue<long>() is { } age ? TimeSpan.FromSeconds(age) : null);
    }

    private LogRecord SetTruncateBefore(string stream, long revision)
    {
        var about = About(stream);
        about["$tb"] = revision;
        return Add("$$" + stream, [Event("$metadata", JsonSerializer.Serialize(about))]);
    }

    private LogRecord Add(string stream, IReadOnlyList<ProposedEvent> events)
    {
        if (!_streams.TryGetValue(stream, out var records)) _streams[stream] = records = [];
        foreach (var proposed in events)
        {
            var record = new LogRecord(
                stream, records.Count, _end, Ids.Of(proposed.Id), proposed.Properties["type"], proposed.Properties["content-type"],
                proposed.Data, proposed.Metadata, TimeProvider.System.GetUtcNow());
            _end += (ulong)(100 + proposed.Data.Length + proposed.Metadata.Length);
            records.Add(record);
            _records.Add(record);
        }

        _grown.TrySetResult();
        _grown = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return records[^1];
    }
}
