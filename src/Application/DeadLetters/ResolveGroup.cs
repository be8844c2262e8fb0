using EventEngine.Application.EventStore;
using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using MediatR;

namespace EventEngine.Application.DeadLetters;

/// <summary>Says that what these events died of is mended. Should another die of it later, the group has regressed.</summary>
/// <returns>Where it was written; null when it stood so already.</returns>
/// <exception cref="NotFoundException">The organization has no such app, or the app no such group.</exception>
public sealed record ResolveGroup(Actor By, AppId AppId, string Group) : IRequest<StorePosition?>
{
    internal sealed class Handler(Tenancy tenancy, IEventStore store, IMediator mediator, TimeProvider time) : IRequestHandler<ResolveGroup, StorePosition?>
    {
        public Task<StorePosition?> Handle(ResolveGroup command, CancellationToken ct) => new DecideGroup(tenancy, store, mediator).DecideAsync(
            command.By, command.AppId, command.Group, (triage, group, diedAt) => triage.Resolve(group, diedAt, command.By.PersonId, time.GetUtcNow()), ct);
    }
}
