using EventEngine.Application.EventStore;
using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using EventEngine.Domain.Shared;
using MediatR;

namespace EventEngine.Application.DeadLetters;

/// <summary>Takes a group out of sight until a time, until so many more events have died, whichever comes first; with neither, until it is reopened.</summary>
/// <returns>Where it was written; null when it stood so already.</returns>
/// <exception cref="DomainException">The time or the number can't be meant.</exception>
/// <exception cref="NotFoundException">The organization has no such app, or the app no such group.</exception>
public sealed record IgnoreGroup(Actor By, AppId AppId, string Group, DateTimeOffset? Until = null, int? More = null) : IRequest<StorePosition?>
{
    internal sealed class Handler(Tenancy tenancy, IEventStore store, IMediator mediator, TimeProvider time) : IRequestHandler<IgnoreGroup, StorePosition?>
    {
        public Task<StorePosition?> Handle(IgnoreGroup command, CancellationToken ct) => new DecideGroup(tenancy, store, mediator).DecideAsync(
            command.By, command.AppId, command.Group, (triage, group, _) => triage.Ignore(group, command.Until, command.More, command.By.PersonId, time.GetUtcNow()), ct);
    }
}
