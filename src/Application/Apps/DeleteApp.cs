using EventEngine.Application.EventStore;
using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using MediatR;

namespace EventEngine.Application.Apps;

/// <summary>
/// Deletes an app: its keys stop within a second, its place in the plan is free, and nobody sees it or its events any more. What it
/// reported is erased from the store a little later.
/// </summary>
/// <exception cref="NotFoundException">The organization has no such app, or it was deleted already.</exception>
public sealed record DeleteApp(Actor By, AppId AppId) : IRequest<StorePosition?>
{
    internal sealed class Handler(Tenancy tenancy, IApiKeyVault vault, TimeProvider time) : IRequestHandler<DeleteApp, StorePosition?>
    {
        public async Task<StorePosition?> Handle(DeleteApp command, CancellationToken ct)
        {
            await tenancy.FindAppAsync(command.By, Permission.ManageApps, command.AppId, ct);
            var at = time.GetUtcNow();

            // The app's own end comes last: should we die before it, asking again completes the rest.
            await vault.RevokeAllAsync(command.AppId, at, ct);
            await tenancy.DecideAsync(command.By, Permission.ManageApps, organization => organization.RemoveApp(command.AppId, at), ct);
            var position = await tenancy.DecideForAppAsync(command.By, Permission.ManageApps, command.AppId, app => app.Delete(at), ct);
            await vault.RevokeAllAsync(command.AppId, at, ct); // a key that was being issued at the same time
            return position;
        }
    }
}
