using EventEngine.Application.EventStore;
using EventEngine.Application.Shared;
using EventEngine.Domain.Organizations;
using FluentValidation;
using MediatR;

namespace EventEngine.Application.Organizations;

/// <summary>By the operator: turns an organization off. What its apps report is refused, and its people see the reason.</summary>
/// <exception cref="NotFoundException">Nobody has the slug.</exception>
public sealed record DisableOrganization(string Slug, string? Reason) : IRequest<StorePosition?>
{
    public sealed class Validator : AbstractValidator<DisableOrganization>
    {
        public Validator() => RuleFor(command => command.Reason).MaximumLength(500).WithMessage("A reason has at most 500 characters.");
    }

    internal sealed class Handler(Slugs slugs, Tenancy tenancy, TimeProvider time) : IRequestHandler<DisableOrganization, StorePosition?>
    {
        public async Task<StorePosition?> Handle(DisableOrganization command, CancellationToken ct)
        {
            var id = await slugs.FindAsync(command.Slug, ct) ?? throw new NotFoundException("organization");
            return await tenancy.DecideAsync(Actor.Operator(id), Permission.ManageOrganization, state => state.Disable(command.Reason, time.GetUtcNow()), ct);
        }
    }
}
