using EventEngine.Application.Organizations;
using EventEngine.Application.Shared;
using EventEngine.Domain.Organizations;
using MediatR;

namespace EventEngine.Application.People;

/// <summary>Turns a session to another organization of its person.</summary>
/// <exception cref="NotFoundException">She does not belong to it, or there is none.</exception>
public sealed record SwitchOrganization(Guid PersonId, Guid SessionId, OrganizationId Organization) : IRequest
{
    internal sealed class Handler(ISessions sessions, IMediator mediator) : IRequestHandler<SwitchOrganization>
    {
        public async Task<Unit> Handle(SwitchOrganization command, CancellationToken ct)
        {
            var memberships = (await mediator.Send(new ListMemberships(command.PersonId), ct)).Value;
            if (memberships.All(membership => membership.Organization != command.Organization)) throw new NotFoundException("organization");
            await sessions.SwitchAsync(command.SessionId, command.Organization, ct);
            return Unit.Value;
        }
    }
}
