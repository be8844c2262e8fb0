using System.Collections.Frozen;
using EventEngine.Application.EventStore;

namespace EventEngine.Infrastructure.EventStore.Embedded;

/// <summary>A filter made ready for many events: streams are judged once a chunk, and by the database where that is enough.</summary>
internal sealed class AllFilter(EventFilter? filter)
{
    private readonly FrozenSet<string>? _types = filter?.Types?.ToFrozenSet(StringComparer.Ordinal);
    private readonly IReadOnlyList<string>? _prefixes = filter?.StreamPrefixes;

    /// <summary>The prefixes, when nothing but they can keep an event.</summary>
    public string[]? OnlyPrefixes { get; } = filter is { Types: null, StreamPrefixes: { } prefixes } ? [.. prefixes] : null;

    public bool KeepsAll(string stream)
    {
        if (_types is null && _prefixes is null) return true;
        if (_prefixes is null) return false;
        foreach (var prefix in _prefixes)
        {
            if (stream.StartsWith(prefix, StringComparison.Ordinal)) return true;
        }

        return false;
    }

    public bool KeepsType(string type) => _types?.Contains(type) ?? false;
}
