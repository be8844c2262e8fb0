using System.Text.Json;
using EventEngine.Application.EventStore;
using EventEngine.Domain.Shared;

namespace EventEngine.Projections.Runtime;

/// <summary>Turns what the store has into facts.</summary>
internal sealed class FactReader
{
    private string? _lastStream;
    private Guid _lastSubject;

    public StoredFact Read(RecordedEvent recorded)
    {
        try
        {
            return StoredFact.Readable(recorded, SubjectOf(recorded.Stream), Parse(recorded));
        }
        catch (Exception e) when (e is JsonException or UnknownFactTypeException or FormatException or ArgumentException or InvalidOperationException)
        {
            return StoredFact.Broken(recorded, e);
        }
    }

    private static IFact Parse(RecordedEvent recorded) => FactJson.Deserialize(recorded.Type, recorded.Data.Span);

    // Facts of a stream come in runs.
    private Guid SubjectOf(string stream)
    {
        if (stream == _lastStream) return _lastSubject;
        if (stream.Length < stream.IndexOf('-') + 33) throw new FormatException($"The stream {stream} carries no id.");
        _lastSubject = StreamName.IdOf(stream);
        _lastStream = stream;
        return _lastSubject;
    }
}
