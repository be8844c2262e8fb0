using EventEngine.Application.Entries;
using EventEngine.Application.EventStore;
using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.DeadLetters;
using EventEngine.Domain.Organizations;
using EventEngine.Domain.Shared;
using MediatR;

namespace EventEngine.Application.DeadLetters;

/// <summary>The way of every decision about a group: it must be there, and whoever decides must be allowed to retry events.</summary>
internal sealed class DecideGroup(Tenancy tenancy, IEventStore store, IMediator mediator)
{
    /// <exception cref="NotFoundException">The organization has no such app, or nothing in it ever died of this.</exception>
    public async Task<StorePosition?> DecideAsync(
        Actor by, AppId app, string group, Func<Triage, ErrorFingerprint, DateTimeOffset, IReadOnlyCollection<IFact>> decide, CancellationToken ct)
    {
        await tenancy.FindAppAsync(by, Permission.RetryEvents, app, ct);
        if (ErrorFingerprint.Parse(group) is not { } fingerprint) throw new NotFoundException("group");
        var found = await mediator.Send(new ListErrorGroups(by.Organization, app, new DeadLetterCriteria(Group: group)), ct);
        if (found.Value.Groups is not [var known]) throw new NotFoundException("group");
        var appended = await store.DecideAsync(
            StreamName.DeadLetters(app), Triage.Initial, Triage.Evolve, triage => decide(triage, fingerprint, known.LastAt), Tenancy.About(by), ct);
        return appended?.Position;
    }
}
