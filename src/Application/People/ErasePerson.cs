using EventEngine.Application.Organizations;
using EventEngine.Application.Shared;
using EventEngine.Domain.Organizations;
using EventEngine.Domain.Shared;
using MediatR;
using Microsoft.AspNetCore.Identity;

namespace EventEngine.Application.People;

/// <summary>
/// Forgets a person: name, address, credentials, sessions. She leaves her organizations first; their events keep her id, which then names
/// nobody.
/// </summary>
/// <exception cref="DomainException">An organization would be left without an owner, or the password is wrong.</exception>
public sealed record ErasePerson(Guid PersonId, string Password) : IRequest
{
    internal sealed class Handler(
        UserManager<Account> accounts, CurrentPassword current, ISessions sessions, Tenancy tenancy, IMediator mediator, TimeProvider time) : IRequestHandler<ErasePerson>
    {
        public async Task<Unit> Handle(ErasePerson command, CancellationToken ct)
        {
            var account = await current.ProveAsync(command.PersonId, command.Password);
            var memberships = (await mediator.Send(new ListMemberships(account.Id), ct)).Value;
            foreach (var membership in memberships) await CheckOwnersAsync(membership, account.Id, ct);
            foreach (var membership in memberships) await LeaveAsync(membership.Organization, account.Id, ct);
            await sessions.EndAllAsync(account.Id, except: null, ct);
            (await accounts.DeleteAsync(account)).OrThrow();
            return Unit.Value;
        }

        private async Task CheckOwnersAsync(Membership membership, Guid person, CancellationToken ct)
        {
            var organization = await tenancy.PermitAsync(Actor.Person(membership.Organization, person), Permission.Read, ct);
            RefuseTheLastOwner(organization, membership, person);
        }

        private async Task LeaveAsync(OrganizationId from, Guid person, CancellationToken ct)
        {
            var by = Actor.Person(from, person);
            await tenancy.DecideAsync(by, Permission.Read, organization => organization.Leave(person, time.GetUtcNow()), ct);
        }

        private static void RefuseTheLastOwner(Organization organization, Membership membership, Guid person)
        {
            if (organization.Members.Any(member => member.Key != person && member.Value == Role.Owner)) return;
            if (organization.Members[person] != Role.Owner) return;
            throw new DomainException("last_owner", $"You are the only owner of {membership.Name}. Hand it over to somebody else first.");
        }
    }
}
