using System.ComponentModel;
using System.Security.Claims;
using EventEngine.Application.Pipeline;
using EventEngine.Application.Search;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EventEngine.Web.Api;

/// <summary>What spans the apps of an organization, and the pipeline that serves them all.</summary>
internal static class OrganizationEndpoints
{
    public static void MapOrganizationEndpoints(this RouteGroupBuilder api)
    {
        api.MapGet("/pipeline", GetPipeline).WithSummary("Where each projection stands against the head of the store.");
        api.MapGet("/search", Search).WithSummary("Apps, event names and events, at most 8 of each.");
    }

    private static async Task<Ok<PipelineBody>> GetPipeline(IMediator mediator, StallWatch stalls, CancellationToken ct)
    {
        var answer = await mediator.Send(new ListProjections(), ct);
        var (head, projections) = answer.Value;
        return TypedResults.Ok(new PipelineBody(answer.AsOf, head, [.. projections.Select(row => ProjectionBody.Of(row, head, stalls.StalledSince(row.Name)))]));
    }

    private static async Task<Ok<SearchBody>> Search(
        ClaimsPrincipal user, [Description("Part of an app's name, beginning of an event name, or a whole event id.")] string q,
        IMediator mediator, CancellationToken ct)
    {
        var answer = await mediator.Send(new SearchOrganization(user.Organization(), q), ct);
        return TypedResults.Ok(new SearchBody(answer.AsOf, answer.Value.Apps, answer.Value.EventNames, answer.Value.Events));
    }
}
