using System.Security.Claims;
using EventEngine.Application.Entries;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EventEngine.Web.Api;

/// <summary>Single events of an app, and what was not taken.</summary>
internal static class EventEndpoints
{
    private const int DefaultLimit = 50;

    public static void MapEventEndpoints(this RouteGroupBuilder api)
    {
        api.MapGet("/apps/{id}/events", ListEvents).WithSummary("Events, latest first unless sorted otherwise.");
        api.MapGet("/apps/{id}/events/{**event_id}", GetEvent).WithSummary("One event with every transition that was reported of it.");
        api.MapGet("/apps/{id}/dead-letters", ListDeadLetters).WithSummary("Events that are dead-lettered now, latest death first unless sorted otherwise.");
        api.MapGet("/apps/{id}/rejected-entries", ListRejected).WithSummary("Entries that validation turned down, and why, latest first.");
    }

    private static async Task<Ok<EventsBody>> ListEvents(
        ClaimsPrincipal user, string id, [AsParameters] EventParameters list, IMediator mediator, CancellationToken ct)
    {
        var query = new ListEvents(user.Organization(), Caller.App(id), list.Criteria, list.Sort, list.Cursor, list.Limit ?? DefaultLimit);
        var answer = await mediator.Send(query, ct);
        return TypedResults.Ok(new EventsBody(answer.AsOf, answer.Value.Items, answer.Value.NextCursor));
    }

    // Routing leaves an encoded slash as it is, and an id may hold one.
    private static async Task<Ok<EventBody>> GetEvent(ClaimsPrincipal user, string id, string event_id, IMediator mediator, CancellationToken ct)
    {
        var eventId = event_id.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
        var answer = await mediator.Send(new GetEvent(user.Organization(), Caller.App(id), eventId), ct);
        return TypedResults.Ok(new EventBody(answer.AsOf, answer.Value));
    }

    private static async Task<Ok<DeadLettersBody>> ListDeadLetters(
        ClaimsPrincipal user, string id, [AsParameters] DeadLetterParameters list, IMediator mediator, CancellationToken ct)
    {
        var query = new ListDeadLetters(user.Organization(), Caller.App(id), list.Criteria, list.Sort, list.Cursor, list.Limit ?? DefaultLimit);
        var answer = await mediator.Send(query, ct);
        return TypedResults.Ok(new DeadLettersBody(answer.AsOf, answer.Value.Items, answer.Value.NextCursor, answer.Value.PreviousCursor));
    }

    private static async Task<Ok<RejectedEntriesBody>> ListRejected(
        ClaimsPrincipal user, string id, [AsParameters] PageParameters list, IMediator mediator, CancellationToken ct)
    {
        var query = new ListRejectedEntries(user.Organization(), Caller.App(id), list.Cursor, list.Limit ?? DefaultLimit);
        var answer = await mediator.Send(query, ct);
        return TypedResults.Ok(new RejectedEntriesBody(answer.AsOf, answer.Value.Items, answer.Value.NextCursor));
    }
}
