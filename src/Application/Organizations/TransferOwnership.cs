using EventEngine.Application.EventStore;
using EventEngine.Application.Shared;
using EventEngine.Domain.Organizations;
using MediatR;

namespace EventEngine.Application.Organizations;

/// <summary>Hands the organization over to another member; the caller becomes an admin.</summary>
public sealed record TransferOwnership(Actor By, Guid To) : IRequest<StorePosition?>
{
    internal sealed class Handler(Tenancy tenancy, TimeProvider time) : IRequestHandler<TransferOwnership, StorePosition?>
    {
        public Task<StorePosition?> Handle(TransferOwnership command, CancellationToken ct) =>
            tenancy.DecideAsync(command.By, Permission.ManageOrganization, state => state.TransferOwnership(command.By, command.To, time.GetUtcNow()), ct);
    }
}
