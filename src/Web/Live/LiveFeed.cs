using System.Collections.Concurrent;
using EventEngine.Application.Apps;
using EventEngine.Application.EventStore;
using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using MediatR;
using Microsoft.AspNetCore.SignalR;

namespace EventEngine.Web.Live;

/// <summary>
/// Turns commits into messages for open pages: the first at once, then at most one every 250 ms per group, however much is committed. A
/// message only says that something changed and how far behind the numbers are; the page asks for the numbers with its own rights.
/// </summary>
public sealed class LiveFeed(IHubContext<LiveHub> hub, IServiceScopeFactory scopes, IStoreHead head, TimeProvider time)
{
    public static readonly TimeSpan Spacing = TimeSpan.FromMilliseconds(250);
    private readonly ConcurrentDictionary<AppId, OrganizationId> _owners = new();
    private readonly ConcurrentDictionary<string, PacedGroup> _groups = new(StringComparer.Ordinal);
    private StorePosition? _entries;
    private long _heard;

    /// <summary>For how long the oldest event that no page can show yet has been waiting.</summary>
    public long LagMs => _entries is null ? 0 : (long)head.LagBehind(_entries).TotalMilliseconds;

    /// <summary>Commits that this process has heard of.</summary>
    public long Heard => Interlocked.Read(ref _heard);

    public async Task CommittedAsync(Commit commit, CancellationToken ct)
    {
        Interlocked.Increment(ref _heard);
        if (commit.Projection == ProjectionNames.Entries) _entries = commit.Position ?? _entries;
        if (commit.Apps is null)
        {
            await AnnounceToAllAsync(ct);
            return;
        }

        await LearnOwnersAsync(commit.Apps, ct);
        var groups = commit.Apps.Select(LiveHub.GroupOf)
            .Concat(commit.Apps.Where(_owners.ContainsKey).Select(app => _owners[app]).Distinct().Select(LiveHub.GroupOf));
        foreach (var group in groups) Paced(group, hub.Clients.Group(group)).Announce();
    }

    /// <summary>Something of an app was turned away: only its own pages hear of it.</summary>
    public void Refused(AppId app) => Paced(LiveHub.GroupOf(app), hub.Clients.Group(LiveHub.GroupOf(app))).Announce();

    /// <summary>Everybody asks again: after a commit that concerns anybody, and when commits may have been missed.</summary>
    public Task AnnounceToAllAsync(CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        Paced("everybody", hub.Clients.All).Announce();
        return Task.CompletedTask;
    }

    public Task TellLagAsync(CancellationToken ct) => hub.Clients.All.SendAsync("lag", LagMs, ct);

    private PacedGroup Paced(string group, IClientProxy clients) =>
        _groups.GetOrAdd(group, _ => new PacedGroup(() => clients.SendAsync("changed", LagMs), time));

    private async Task LearnOwnersAsync(IReadOnlyList<AppId> apps, CancellationToken ct)
    {
        var unknown = apps.Where(app => !_owners.ContainsKey(app)).ToList();
        if (unknown.Count == 0) return;
        await using var scope = scopes.CreateAsyncScope();
        var found = await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new FindOwners(unknown), ct);
        foreach (var (app, owner) in found) _owners[app] = owner;
    }
}
