using EventEngine.Application.EventStore;
using EventEngine.Application.Shared;
using EventEngine.Domain.Organizations;
using MediatR;

namespace EventEngine.Application.Organizations;

/// <summary>Gives a member another role; it holds for her very next command.</summary>
public sealed record ChangeRole(Actor By, Guid PersonId, Role Role) : IRequest<StorePosition?>
{
    internal sealed class Handler(Tenancy tenancy, TimeProvider time) : IRequestHandler<ChangeRole, StorePosition?>
    {
        public Task<StorePosition?> Handle(ChangeRole command, CancellationToken ct) =>
            tenancy.DecideAsync(command.By, Permission.ManagePeople, state => state.ChangeRole(command.By, command.PersonId, command.Role, time.GetUtcNow()), ct);
    }
}
