using System.Collections.Concurrent;
using EventEngine.Application.People;
using EventEngine.Domain.Organizations;
using EventEngine.Web.Shared;
using MediatR;
using Microsoft.AspNetCore.SignalR;

namespace EventEngine.Web.Live;

/// <summary>
/// The open connections of this node, and what each was let in for. Whatever might have ended that is looked at again, and a connection
/// whose session ended, no longer looks at the same organization or has another role in it, is cut: its page then asks anew, with the rights that it has now.
/// </summary>
public sealed class LiveConnections(IServiceScopeFactory scopes)
{
    private readonly ConcurrentDictionary<string, Connection> _open = new(StringComparer.Ordinal);

    public void Opened(HubCallerContext caller)
    {
        var user = caller.User!;
        _open[caller.ConnectionId] = new Connection(caller, user.SessionId(), user.Id(), new Standing(user.FindOrganization(), user.FindFirst(Claims.RoleClaim)?.Value));
    }

    public void Closed(HubCallerContext caller) => _open.TryRemove(caller.ConnectionId, out _);

    /// <param name="person">Whose; null: everybody's.</param>
    public async Task LookAgainAsync(Guid? person, CancellationToken ct)
    {
        foreach (var session in _open.Values.Where(open => person is null || open.Person == person).GroupBy(open => open.Session))
        {
            var standing = await StandingOfAsync(session.Key, ct);
            foreach (var open in session.Where(open => standing.Organization is null || open.Standing != standing)) open.Caller.Abort();
        }
    }

    private async Task<Standing> StandingOfAsync(Guid session, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var signedIn = await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new GetSession(session), ct);
        return new Standing(signedIn?.Membership?.Organization, signedIn?.Membership?.Role.ToString().ToLowerInvariant());
    }

    private sealed record Connection(HubCallerContext Caller, Guid Session, Guid Person, Standing Standing);

    private sealed record Standing(OrganizationId? Organization, string? Role);
}
