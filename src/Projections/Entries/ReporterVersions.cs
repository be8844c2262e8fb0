using System.Text.Json;
using EventEngine.Application.EventStore;
using EventEngine.Projections.Runtime;

namespace EventEngine.Projections.Entries;

/// <summary>The reporter's version from a fact's metadata, which is the same for all facts of a request.</summary>
internal sealed class ReporterVersions
{
    private ReadOnlyMemory<byte> _lastMetadata;
    private string? _lastVersion;

    public string? Of(StoredFact stored)
    {
        if (stored.Metadata.Span.SequenceEqual(_lastMetadata.Span)) return _lastVersion;
        _lastMetadata = stored.Metadata;
        return _lastVersion = Read(stored.Metadata.Span);
    }

    private static string? Read(ReadOnlySpan<byte> metadata) =>
        metadata.IsEmpty ? null : JsonSerializer.Deserialize(metadata, FactJsonContext.Default.FactMetadata)?.ReporterVersion;
}
