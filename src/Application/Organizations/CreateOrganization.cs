using EventEngine.Application.EventStore;
using EventEngine.Application.Shared;
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
        public Validator() => RuleFor(command => command.Name).OrganizationName();
    }

    internal sealed class Handler(IEventStore store, Slugs slugs, TimeProvider time) : IRequestHandler<CreateOrganization, StorePosition?>
    {
        public async Task<StorePosition?> Handle(CreateOrganization command, CancellationToken ct)
        {
            var stream = StreamName.Organization(command.Id);
            if ((await store.FoldAsync(stream, Organization.Initial, Organization.Evolve, ct)).Exists) return null;
            var name = command.Name.Trim();
            var slug = await slugs.ClaimAsync(name, command.Id, ct);
            var appended = await store.DecideAsync(
                stream,
                Organization.Initial,
                Organization.Evolve,
                state => state.Create(name, slug, command.Plan, command.Owner, time.GetUtcNow()),
                Tenancy.About(command.Owner is { } owner ? Actor.Person(command.Id, owner) : Actor.Operator(command.Id)),
                ct);
            return appended?.Position;
        }
    }
}
