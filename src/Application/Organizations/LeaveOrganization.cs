using EventEngine.Application.EventStore;
using EventEngine.Application.Shared;
using EventEngine.Domain.Organizations;
using EventEngine.Domain.Shared;
using MediatR;

namespace EventEngine.Application.Organizations;

/// <summary>The caller goes.</summary>
/// <exception cref="DomainException">She is the last owner.</exception>
/// <exception cref="PersonNeededException">The caller is no person.</exception>
public sealed record LeaveOrganization(Actor By) : IRequest<StorePosition?>
{
    internal sealed class Handler(Tenancy tenancy, TimeProvider time) : IRequestHandler<LeaveOrganization, StorePosition?>
    {
        public Task<StorePosition?> Handle(LeaveOrganization command, CancellationToken ct)
        {
            var person = command.By.PersonId ?? throw new PersonNeededException();
            return tenancy.DecideAsync(command.By, Permission.Read, state => state.Leave(person, time.GetUtcNow()), ct);
        }
    }
}
