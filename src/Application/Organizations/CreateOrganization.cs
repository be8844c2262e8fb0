using EventEngine.Application.EventStore;
using EventEngine.Domain.Organizations;
using EventEngine.Domain.Shared;
using FluentValidation;
using MediatR;

namespace EventEngine.Application.Organizations;

/// <summary>Creates a tenant, with its owner where one is known. Repeated with the same id it changes nothing.</summary>
/// <returns>Where it was written; null when it stood already.</returns>
public sealed record CreateOrganization(OrganizationId Id, string Name, Plan Plan, Guid? Owner = null) : IRequest<StorePosition?>
{
    public sealed class Validator : AbstractValidator<CreateOrganization>
    {
        public Validator() => RuleFor(command => command.Name).NotEmpty().MaximumLength(100);
    }

    internal sealed class Handler(IEventStore store, TimeProvider time) : IRequestHandler<CreateOrganization, StorePosition?>
    {
        public async Task<StorePosition?> Handle(CreateOrganization command, CancellationToken ct)
        {
            var appended = await store.DecideAsync(
                StreamName.Organization(command.Id),
                Organization.Initial,
                Organization.Evolve,
                state => state.Create(command.Name, Slug.From(command.Name), command.Plan, command.Owner, time.GetUtcNow()),
                ct: ct);
            return appended?.Position;
        }
    }
}
