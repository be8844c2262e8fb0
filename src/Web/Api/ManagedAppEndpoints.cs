using System.Security.Claims;
using System.Security.Cryptography;
using EventEngine.Application.Apps;
using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EventEngine.Web.Api;

/// <summary>What pages do with apps and keys, for programs.</summary>
internal static class ManagedAppEndpoints
{
    public static void MapManagedAppEndpoints(this RouteGroupBuilder api)
    {
        api.MapPost("/apps", Register).Needs(Permission.ManageApps).WithSummary("Registers an app. 403 app_limit when the plan has no room for another.");
        api.MapPatch("/apps/{id}", Change).Needs(Permission.ManageApps).WithSummary("Another name, environment, callback address or time after which an event is overdue; what is left out stays.");
        api.MapDelete("/apps/{id}", Delete).Needs(Permission.ManageApps).WithSummary("Deletes an app with everything that it reported. Its keys stop within a second.");
        api.MapGet("/apps/{id}/keys", ListKeys).WithSummary("The keys of an app, as far as they may be shown.");
        api.MapPost("/apps/{id}/keys", Issue).Needs(Permission.ManageApps).WithSummary("Issues a key; this answer alone shows it. 409 too_many_keys when two are active.");
        api.MapDelete("/apps/{id}/keys/{key_id}", Revoke).Needs(Permission.ManageApps).WithSummary("Revokes a key; it stops within a second.");
    }

    private static async Task<Created<AppBody>> Register(ClaimsPrincipal user, NewAppBody body, IMediator mediator, CancellationToken ct)
    {
        var app = new AppId(Guid.NewGuid());
        var (name, environment) = (body.Name?.Trim() ?? "", body.Environment?.Trim() ?? "");
        await mediator.Send(new RegisterApp(user.Actor(), app, name, environment), ct);
        return TypedResults.Created($"/api/v1/apps/{app}/summary", new AppBody(app, name, environment));
    }

    private static async Task<NoContent> Change(ClaimsPrincipal user, string id, AppChangesBody body, IMediator mediator, CancellationToken ct)
    {
        var app = Caller.App(id);
        if (body.Name is not null || body.Environment is not null) await mediator.Send(new RenameApp(user.Actor(), app, body.Name, body.Environment), ct);
        if (body.CallbackUrl is not null) await mediator.Send(new ConfigureCallback(user.Actor(), app, body.CallbackUrl), ct);
        if (body.InFlightMinutes is { } minutes) await mediator.Send(new SetInFlightLimit(user.Actor(), app, minutes), ct);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> Delete(ClaimsPrincipal user, string id, IMediator mediator, CancellationToken ct)
    {
        await mediator.Send(new DeleteApp(user.Actor(), Caller.App(id)), ct);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<KeysBody>> ListKeys(ClaimsPrincipal user, string id, IMediator mediator, CancellationToken ct)
    {
        var answer = await mediator.Send(new ListApiKeys(user.Organization(), Caller.App(id)), ct);
        return TypedResults.Ok(new KeysBody(answer.AsOf, answer.Value));
    }

    private static async Task<Created<NewKeyBody>> Issue(HttpContext http, ClaimsPrincipal user, string id, IMediator mediator, CancellationToken ct)
    {
        var (app, keyId) = (Caller.App(id), Guid.NewGuid());
        var key = ApiKey.From(RandomNumberGenerator.GetBytes(ApiKey.RandomBytes));
        await mediator.Send(new IssueApiKey(user.Actor(), keyId, app, key), ct);
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Created($"/api/v1/apps/{app}/keys", new NewKeyBody(keyId, key.Secret, key.Prefix, key.LastFour));
    }

    private static async Task<NoContent> Revoke(ClaimsPrincipal user, string id, string key_id, IMediator mediator, CancellationToken ct)
    {
        var key = Guid.TryParse(key_id, out var parsed) ? parsed : throw new NotFoundException("key");
        await mediator.Send(new RevokeApiKey(user.Actor(), Caller.App(id), key), ct);
        return TypedResults.NoContent();
    }
}
