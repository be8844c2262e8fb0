using EventEngine.Application.EventStore;
using EventEngine.Application.Shared;
using EventEngine.Domain.Organizations;
using MediatR;

namespace EventEngine.Application.Organizations;

/// <summary>Takes an invitation back: its link ends, and its address is forgotten.</summary>
public sealed record RevokeInvitation(Actor By, Guid InvitationId) : IRequest<StorePosition?>
{
    internal sealed class Handler(Tenancy tenancy, IInvitations invitations, TimeProvider time) : IRequestHandler<RevokeInvitation, StorePosition?>
    {
        public async Task<StorePosition?> Handle(RevokeInvitation command, CancellationToken ct)
        {
            var position = await tenancy.DecideAsync(
                command.By, Permission.ManagePeople, state => state.RevokeInvitation(command.By, command.InvitationId, time.GetUtcNow()), ct);
            await invitations.ForgetAsync(command.By.Organization, command.InvitationId, ct);
            return position;
        }
    }
}
