using EventEngine.Application.EventStore;
using EventEngine.Application.Shared;
using EventEngine.Domain.Organizations;
using MediatR;

namespace EventEngine.Application.AccessTokens;

/// <summary>Ends a token: within a second no node takes it. It stops opening anything before the store is told.</summary>
public sealed record RevokeAccessToken(Actor By, Guid TokenId) : IRequest<StorePosition?>
{
    internal sealed class Handler(Tenancy tenancy, IAccessTokens tokens, TimeProvider time) : IRequestHandler<RevokeAccessToken, StorePosition?>
    {
        public async Task<StorePosition?> Handle(RevokeAccessToken command, CancellationToken ct)
        {
            await tenancy.PermitAsync(command.By, Permission.ManageTokens, ct);
            await tokens.RevokeAsync(command.By.Organization, command.TokenId, time.GetUtcNow(), ct);
            return await tenancy.DecideAsync(command.By, Permission.ManageTokens, state => state.RevokeToken(command.TokenId, time.GetUtcNow()), ct);
        }
    }
}
