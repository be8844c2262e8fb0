using EventEngine.Application.EventStore;
using EventEngine.Application.Shared;
using EventEngine.Domain.Organizations;
using MediatR;

namespace EventEngine.Application.Organizations;

/// <summary>Sends a member away. What she did stays hers in the audit, and her access tokens stay the organization's.</summary>
public sealed record RemoveMember(Actor By, Guid PersonId) : IRequest<StorePosition?>
{
    internal sealed class Handler(Tenancy tenancy, TimeProvider time) : IRequestHandler<RemoveMember, StorePosition?>
    {
        public Task<StorePosition?> Handle(RemoveMember command, CancellationToken ct) =>
            tenancy.DecideAsync(command.By, Permission.ManagePeople, state => state.Remove(command.By, command.PersonId, time.GetUtcNow()), ct);
    }
}
