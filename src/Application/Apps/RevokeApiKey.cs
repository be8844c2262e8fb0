using EventEngine.Application.EventStore;
using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using MediatR;

namespace EventEngine.Application.Apps;

/// <summary>Ends a key, on every node within a second. Repeated, it changes nothing.</summary>
/// <returns>Where it was written; null when it was revoked already.</returns>
/// <exception cref="NotFoundException">The organization has no such app, or the app no such key.</exception>
public sealed record RevokeApiKey(Actor By, AppId AppId, Guid KeyId) : IRequest<StorePosition?>
{
    internal sealed class Handler(Tenancy tenancy, IApiKeyVault vault, TimeProvider time) : IRequestHandler<RevokeApiKey, StorePosition?>
    {
        public async Task<StorePosition?> Handle(RevokeApiKey command, CancellationToken ct)
        {
            var app = await tenancy.FindAppAsync(command.By, Permission.ManageApps, command.AppId, ct);
            if (!app.IssuedKeys.Contains(command.KeyId)) throw new NotFoundException("key");

            // The vault first: should we die in between, the key has stopped, and asking again completes it.
            await vault.RevokeAsync(command.KeyId, command.AppId, time.GetUtcNow(), ct);
            return await tenancy.DecideForAppAsync(
                command.By, Permission.ManageApps, command.AppId, state => state.RevokeKey(command.KeyId, time.GetUtcNow()), ct);
        }
    }
}
