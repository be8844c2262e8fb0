using System.Text.Json;
using EventEngine.Domain.Ingestion;

namespace EventEngine.Application.EventStore.Copying;

/// <summary>
/// Cuts the source's order into appends: neighbours of one stream together, and never inside what a request had appended as a whole
/// (its count, then its entries).
/// </summary>
internal sealed class AppendRuns
{
    public const int MostBytes = 1 << 20;
    private const int EnoughBytes = 256 << 10, EnoughEvents = 2_000;
    private static readonly string Batch = FactTypes.NameOf(typeof(BatchReceived));
    private static readonly HashSet<string> Entries = [FactTypes.NameOf(typeof(EntryReported)), FactTypes.NameOf(typeof(EntryRejected))];

    private readonly List<RecordedEvent> _events = [];
    private CopiedStream? _stream;
    private int _bytes;
    private int _wholeFrom; // where the request at hand begins
    private int _toCome;

    /// <returns>Runs that are complete now.</returns>
    public IEnumerable<AppendRun> Add(CopiedStream stream, RecordedEvent next)
    {
        if (_stream is not null && _stream != stream && Close() is { } before) yield return before;
        _stream = stream;
        if (_toCome > 0 && Entries.Contains(next.Type)) _toCome--;
        else if (BeginWhole(next) is { } enough) yield return enough;

        if (_bytes + SizeOf(next) > MostBytes && Cut(_wholeFrom > 0 ? _wholeFrom : _events.Count) is { } full) yield return full;
        _events.Add(next);
        _bytes += SizeOf(next);
    }

    public AppendRun? Close()
    {
        _toCome = 0;
        return Cut(_events.Count);
    }

    private AppendRun? BeginWhole(RecordedEvent next)
    {
        var enough = _bytes >= EnoughBytes || _events.Count >= EnoughEvents ? Cut(_events.Count) : null;
        _wholeFrom = _events.Count;
        _toCome = next.Type == Batch ? CountOf(next) : 0;
        return enough;
    }

    private AppendRun? Cut(int count)
    {
        if (count == 0) return null;
        var events = _events.Take(count).Select(recorded => new NewEvent(recorded.Id, recorded.Type, recorded.Data, recorded.Metadata)).ToArray();
        var bytes = _events.Take(count).Sum(SizeOf);
        var run = new AppendRun(_stream!, events, bytes, _events[count - 1].Position);
        _events.RemoveRange(0, count);
        (_bytes, _wholeFrom) = (_bytes - bytes, 0);
        return run;
    }

    private static int SizeOf(RecordedEvent recorded) => recorded.Data.Length + recorded.Metadata.Length;

    private static int CountOf(RecordedEvent batch)
    {
        try
        {
            return ((BatchReceived)FactJson.Deserialize(batch.Type, batch.Data.Span)).Count;
        }
        catch (JsonException)
        {
            return 0; // whatever it is, it is copied as it is
        }
    }
}
