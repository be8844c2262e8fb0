using EventEngine.Application.EventStore;
using EventEngine.Application.Shared;
using EventEngine.Domain.Organizations;
using MediatR;

namespace EventEngine.Application.Organizations;

/// <summary>By the operator: turns an organization on again.</summary>
/// <exception cref="NotFoundException">Nobody has the slug.</exception>
public sealed record EnableOrganization(string Slug) : IRequest<StorePosition?>
{
    internal sealed class Handler(Slugs slugs, Tenancy tenancy, TimeProvider time) : IRequestHandler<EnableOrganization, StorePosition?>
    {
        public async Task<StorePosition?> Handle(EnableOrganization command, CancellationToken ct)
        {
            var id = await slugs.FindAsync(command.Slug, ct) ?? throw new NotFoundException("organization");
            return await tenancy.DecideAsync(Actor.Operator(id), Permission.ManageOrganization, state => state.Enable(time.GetUtcNow()), ct);
        }
    }
}
