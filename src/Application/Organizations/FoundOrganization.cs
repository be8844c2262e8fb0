using EventEngine.Application.EventStore;
using EventEngine.Domain.Organizations;
using EventEngine.Domain.Shared;
using FluentValidation;
using MediatR;

namespace EventEngine.Application.Organizations;

/// <summary>A person creates an organization of her own, on the free plan. Repeated with the same id it changes nothing.</summary>
/// <returns>Where it was written; null when it stood already.</returns>
/// <exception cref="DomainException">She owns too many on the free plan: its quota is not to be multiplied.</exception>
public sealed record FoundOrganization(Guid PersonId, OrganizationId Id, string Name) : IRequest<StorePosition?>
{
    public const int MaxFree = 5;

    public sealed class Validator : AbstractValidator<FoundOrganization>
    {
        public Validator() => RuleFor(command => command.Name).OrganizationName();
    }

    internal sealed class Handler(IMediator mediator) : IRequestHandler<FoundOrganization, StorePosition?>
    {
        public async Task<StorePosition?> Handle(FoundOrganization command, CancellationToken ct)
        {
            var memberships = await mediator.Send(new ListMemberships(command.PersonId), ct);
            var free = memberships.Value.Count(row => row is { Role: Role.Owner, Plan: Plan.Free } && row.Organization != command.Id);
            if (free >= MaxFree) throw new DomainException("too_many_organizations", $"You own {MaxFree} organizations on the free plan already.");
            return await mediator.Send(new CreateOrganization(command.Id, command.Name, Plan.Free, command.PersonId), ct);
        }
    }
}
