using System.Diagnostics;
using EventEngine.Application.EventStore;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using EventEngine.Domain.Shared;

namespace EventEngine.Application.Shared;

/// <summary>
/// The one way of a command to an organization or one of its apps. Who may do it is judged on the organization's own stream, so that a
/// change of role holds for the very next command; an app of another organization, or another app than that of the caller's key, is not found.
/// </summary>
public sealed class Tenancy(IEventStore store)
{
    /// <returns>Where it was written; null when there was nothing to say.</returns>
    /// <exception cref="NotAMemberException">There is no such organization, or the caller does not belong to it.</exception>
    /// <exception cref="RoleNeededException">The caller belongs to it, and may not do this.</exception>
    public async Task<StorePosition?> DecideAsync(
        Actor by, Permission permission, Func<Organization, IReadOnlyCollection<IFact>> decide, CancellationToken ct)
    {
        var appended = await store.DecideAsync(
            StreamName.Organization(by.Organization), Organization.Initial, Organization.Evolve, state => decide(state.Permit(by, permission)), About(by), ct);
        return appended?.Position;
    }

    /// <inheritdoc cref="DecideAsync"/>
    /// <exception cref="NotFoundException">The organization has no such app, or it was deleted.</exception>
    public async Task<StorePosition?> DecideForAppAsync(
        Actor by, Permission permission, AppId app, Func<App, IReadOnlyCollection<IFact>> decide, CancellationToken ct)
    {
        await PermitAsync(by, permission, ct);
        var appended = await store.DecideAsync(StreamName.App(app), App.Initial, App.Evolve, state => decide(Reached(by, app, state)), About(by), ct);
        return appended?.Position;
    }

    /// <summary>An app as it is now, for a command that must know before it does what is no event.</summary>
    /// <inheritdoc cref="DecideForAppAsync"/>
    public async Task<App> FindAppAsync(Actor by, Permission permission, AppId app, CancellationToken ct)
    {
        await PermitAsync(by, permission, ct);
        return Reached(by, app, await store.FoldAsync(StreamName.App(app), App.Initial, App.Evolve, ct));
    }

    /// <summary>For what is no event: asks only whether the caller may.</summary>
    /// <exception cref="NotAMemberException">There is no such organization, or the caller does not belong to it.</exception>
    /// <exception cref="RoleNeededException">The caller belongs to it, and may not do this.</exception>
    public async Task<Organization> PermitAsync(Actor by, Permission permission, CancellationToken ct)
    {
        var state = await store.FoldAsync(StreamName.Organization(by.Organization), Organization.Initial, Organization.Evolve, ct);
        return state.Permit(by, permission);
    }

    public static FactMetadata About(Actor by) => new(Activity.Current?.TraceId.ToString(), PersonId: by.PersonId, TokenId: by.TokenId, KeyId: by.KeyId);

    private static App Reached(Actor by, AppId app, App state) =>
        state.Exists && state.Organization == by.Organization && (by.AppId is null || by.AppId == app) ? state : throw new NotFoundException("app");
}
