using EventEngine.Application.EventStore;
using EventEngine.Application.Shared;
using EventEngine.Domain.Organizations;
using FluentValidation;
using MediatR;

namespace EventEngine.Application.Organizations;

/// <summary>Another name; the slug in addresses stays.</summary>
public sealed record RenameOrganization(Actor By, string Name) : IRequest<StorePosition?>
{
    public sealed class Validator : AbstractValidator<RenameOrganization>
    {
        public Validator() => RuleFor(command => command.Name).OrganizationName();
    }

    internal sealed class Handler(Tenancy tenancy, TimeProvider time) : IRequestHandler<RenameOrganization, StorePosition?>
    {
        public Task<StorePosition?> Handle(RenameOrganization command, CancellationToken ct) =>
            tenancy.DecideAsync(command.By, Permission.ManageOrganization, state => state.Rename(command.Name.Trim(), time.GetUtcNow()), ct);
    }
}
