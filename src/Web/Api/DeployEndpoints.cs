using System.Security.Claims;
using EventEngine.Application.Deploys;
using EventEngine.Domain.Organizations;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EventEngine.Web.Api;

/// <summary>When which version of an app went out, as its builds tell us.</summary>
internal static class DeployEndpoints
{
    private const int DefaultLimit = 50;

    public static void MapDeployEndpoints(this RouteGroupBuilder api)
    {
        api.MapPost("/apps/{id}/deploys", Report).Needs(Permission.ReportDeploys).WithMetadata(new OpenToKeys()).WithSummary("Marks a deploy on the app's charts. Telling the same one again changes nothing.");
        api.MapGet("/apps/{id}/deploys", List).WithSummary("The app's deploys, latest first.");
    }

    private static async Task<NoContent> Report(ClaimsPrincipal user, string id, DeployBody body, IMediator mediator, CancellationToken ct)
    {
        await mediator.Send(new ReportDeploy(user.Actor(), Caller.App(id), body.Version ?? "", body.At, body.Revision, body.Url), ct);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<DeploysBody>> List(ClaimsPrincipal user, string id, [AsParameters] DeployParameters list, IMediator mediator, CancellationToken ct)
    {
        var answer = await mediator.Send(new ListDeploys(user.Organization(), Caller.App(id), list.From, list.To, list.Limit ?? DefaultLimit), ct);
        return TypedResults.Ok(new DeploysBody(answer.AsOf, answer.Value));
    }
}
