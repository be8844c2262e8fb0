using System.Security.Claims;
using EventEngine.Application.DeadLetters;
using EventEngine.Application.Entries;
using EventEngine.Application.Shared;
using EventEngine.Domain.Organizations;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EventEngine.Web.Api;

/// <summary>Events that died, one by one and by what they died of, and what is decided of such a group.</summary>
internal static class DeadLetterEndpoints
{
    private const int DefaultLimit = 50;

    public static void MapDeadLetterEndpoints(this RouteGroupBuilder api)
    {
        const string Group = "/apps/{id}/dead-letters/groups/{group}";
        api.MapGet("/apps/{id}/dead-letters", ListDeadLetters).WithSummary("Events that are dead-lettered now, latest death first unless sorted otherwise.");
        api.MapGet("/apps/{id}/dead-letters/groups", ListGroups).WithSummary("What events died of, by kind of error, with how each group stands.");
        api.MapGet(Group, GetGroup).WithSummary("One group.");
        api.MapPost(Group + "/resolve", Resolve).Needs(Permission.RetryEvents).WithSummary("Says that the cause is mended; should another event die of it, the group has regressed.");
        api.MapPost(Group + "/ignore", Ignore).Needs(Permission.RetryEvents).WithSummary("Ignores a group until a time, until so many more have died, or until it is reopened.");
        api.MapPost(Group + "/reopen", Reopen).Needs(Permission.RetryEvents).WithSummary("Takes back that a group was resolved or ignored.");
    }

    private static async Task<Ok<DeadLettersBody>> ListDeadLetters(
        ClaimsPrincipal user, string id, [AsParameters] DeadLetterParameters list, IMediator mediator, CancellationToken ct)
    {
        var query = new ListDeadLetters(user.Organization(), Caller.App(id), list.Criteria, list.Sort, list.Cursor, list.Limit ?? DefaultLimit);
        var answer = await mediator.Send(query, ct);
        return TypedResults.Ok(new DeadLettersBody(answer.AsOf, answer.Value.Items, answer.Value.NextCursor, answer.Value.PreviousCursor));
    }

    private static async Task<Ok<DeadLetterGroupsBody>> ListGroups(
        ClaimsPrincipal user, string id, [AsParameters] DeadLetterGroupParameters list, IMediator mediator, CancellationToken ct)
    {
        var query = new ListDeadLetterGroups(user.Organization(), Caller.App(id), list.Criteria, list.State, list.Sort, list.Cursor, list.Limit ?? DefaultLimit);
        var (value, asOf) = await mediator.Send(query, ct);
        return TypedResults.Ok(new DeadLetterGroupsBody(asOf, value.Groups.Items, value.Count, value.IsComplete, value.Groups.NextCursor, value.Groups.PreviousCursor));
    }

    private static async Task<Ok<DeadLetterGroupBody>> GetGroup(ClaimsPrincipal user, string id, string group, IMediator mediator, CancellationToken ct)
    {
        var query = new ListDeadLetterGroups(user.Organization(), Caller.App(id), new DeadLetterCriteria(Group: group), State: "all");
        var (value, asOf) = await mediator.Send(query, ct);
        return value.Groups.Items is [var found] ? TypedResults.Ok(new DeadLetterGroupBody(asOf, found)) : throw new NotFoundException("group");
    }

    private static async Task<NoContent> Resolve(ClaimsPrincipal user, string id, string group, IMediator mediator, CancellationToken ct)
    {
        await mediator.Send(new ResolveGroup(user.Actor(), Caller.App(id), group), ct);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> Ignore(ClaimsPrincipal user, string id, string group, IgnoreBody body, IMediator mediator, CancellationToken ct)
    {
        await mediator.Send(new IgnoreGroup(user.Actor(), Caller.App(id), group, body.Until, body.More), ct);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> Reopen(ClaimsPrincipal user, string id, string group, IMediator mediator, CancellationToken ct)
    {
        await mediator.Send(new ReopenGroup(user.Actor(), Caller.App(id), group), ct);
        return TypedResults.NoContent();
    }
}
