using EventEngine.Application.EventStore;
using EventEngine.Application.Organizations;
using EventEngine.Application.Shared;
using EventEngine.Domain.Organizations;
using MediatR;

namespace EventEngine.Application.Billing;

/// <summary>By the operator: gives an organization another plan, whose limits hold within a second.</summary>
/// <returns>Where it was written; null when it had the plan already.</returns>
/// <exception cref="NotFoundException">Nobody has the slug.</exception>
public sealed record ChangePlan(string Slug, Plan Plan) : IRequest<StorePosition?>
{
    internal sealed class Handler(Slugs slugs, Tenancy tenancy, TimeProvider time) : IRequestHandler<ChangePlan, StorePosition?>
    {
        public async Task<StorePosition?> Handle(ChangePlan command, CancellationToken ct)
        {
            var id = await slugs.FindAsync(command.Slug, ct) ?? throw new NotFoundException("organization");
            return await tenancy.DecideAsync(Actor.Operator(id), Permission.ManageBilling, state => state.ChangePlan(command.Plan, time.GetUtcNow()), ct);
        }
    }
}
