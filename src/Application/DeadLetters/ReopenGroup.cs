using EventEngine.Application.EventStore;
using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using MediatR;

namespace EventEngine.Application.DeadLetters;

/// <summary>Takes back that a group was resolved or ignored.</summary>
/// <returns>Where it was written; null when it was open.</returns>
/// <exception cref="NotFoundException">The organization has no such app, or the app no such group.</exception>
public sealed record ReopenGroup(Actor By, AppId AppId, string Group) : IRequest<StorePosition?>
{
    internal sealed class Handler(Tenancy tenancy, IEventStore store, IMediator mediator, TimeProvider time) : IRequestHandler<ReopenGroup, StorePosition?>
    {
        public Task<StorePosition?> Handle(ReopenGroup command, CancellationToken ct) => new DecideGroup(tenancy, store, mediator).DecideAsync(
            command.By, command.AppId, command.Group, (triage, group, _) => triage.Reopen(group, command.By.PersonId, time.GetUtcNow()), ct);
    }
}
