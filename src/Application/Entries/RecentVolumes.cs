using System.Collections.Concurrent;
using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;

namespace EventEngine.Application.Entries;

/// <summary>The volumes that were added up last, for a minute.</summary>
internal sealed class RecentVolumes
{
    private const int Most = 1_000;
    private static readonly TimeSpan Span = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<(OrganizationId, string?), Kept> _kept = new();

    /// <returns>Null when there are none of the last minute.</returns>
    public Answer<IReadOnlyDictionary<(AppId App, string EventName), EventVolume>>? Find(OrganizationId organization, string? name, DateTimeOffset now) =>
        _kept.TryGetValue((organization, name), out var kept) && now - kept.At < Span ? kept.Volumes : null;

    public Answer<IReadOnlyDictionary<(AppId App, string EventName), EventVolume>> Keep(
        OrganizationId organization, string? name, DateTimeOffset now, Answer<IReadOnlyDictionary<(AppId App, string EventName), EventVolume>> volumes)
    {
        if (_kept.Count >= Most) _kept.Clear();
        _kept[(organization, name)] = new Kept(now, volumes);
        return volumes;
    }

    private sealed record Kept(DateTimeOffset At, Answer<IReadOnlyDictionary<(AppId App, string EventName), EventVolume>> Volumes);
}
