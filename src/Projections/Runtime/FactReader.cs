using System.Text.Json;
using EventEngine.Application.EventStore;
using EventEngine.Domain.Ingestion;
using EventEngine.Domain.Shared;
using EventEngine.Projections.Entries;

namespace EventEngine.Projections.Runtime;

/// <summary>Turns what the store has into facts. Facts of a stream and of a request come in runs, so the last ones are remembered.</summary>
internal sealed class FactReader
{
    private static readonly string Entry = FactTypes.NameOf(typeof(EntryReported));

    private readonly EntryReportedReader _entries = new();
    private string? _lastStream;
    private Guid _lastSubject;
    private byte[] _lastMetadata = [];
    private string? _lastVersion;

    public StoredFact Read(RecordedEvent recorded)
    {
        try
        {
            return StoredFact.Readable(recorded, SubjectOf(recorded.Stream), Parse(recorded), ReporterVersionOf(recorded.Metadata.Span));
        }
        catch (Exception e) when (e is JsonException or UnknownFactTypeException or FormatException or ArgumentException or InvalidOperationException)
        {
            return StoredFact.Broken(recorded, e);
        }
    }

    private IFact Parse(RecordedEvent recorded) =>
        recorded.Type == Entry ? _entries.Read(recorded.Data.Span) : FactJson.Deserialize(recorded.Type, recorded.Data.Span);

    private Guid SubjectOf(string stream)
    {
        if (stream == _lastStream) return _lastSubject;
        if (stream.Length < stream.IndexOf('-') + 33) throw new FormatException($"The stream {stream} carries no id.");
        _lastSubject = StreamName.IdOf(stream);
        _lastStream = stream;
        return _lastSubject;
    }

    private string? ReporterVersionOf(ReadOnlySpan<byte> metadata)
    {
        if (metadata.SequenceEqual(_lastMetadata)) return _lastVersion;
        _lastVersion = metadata.IsEmpty ? null : JsonSerializer.Deserialize(metadata, FactJsonContext.Default.FactMetadata)?.ReporterVersion;
        _lastMetadata = metadata.ToArray();
        return _lastVersion;
    }
}
