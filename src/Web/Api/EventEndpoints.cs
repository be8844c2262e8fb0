using System.Security.Claims;
using EventEngine.Application.Callbacks;
using EventEngine.Application.Entries;
using EventEngine.Domain.Organizations;
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
        api.MapGet("/apps/{id}/events.csv", (ClaimsPrincipal user, string id, [AsParameters] EventParameters events, [AsParameters] ExportParameters export, IMediator mediator, CancellationToken ct) =>
            ExportAsync(user, id, events, export, EventFileKind.Csv, mediator, ct)).WithSummary("Every event that matches, as a CSV file.").Produces(200, contentType: "text/csv");
        api.MapGet("/apps/{id}/events.json", (ClaimsPrincipal user, string id, [AsParameters] EventParameters events, [AsParameters] ExportParameters export, IMediator mediator, CancellationToken ct) =>
            ExportAsync(user, id, events, export, EventFileKind.Json, mediator, ct)).WithSummary("Every event that matches, as a JSON array.").Produces<IReadOnlyList<EventRow>>();
        api.MapGet("/apps/{id}/in-flight", ListInFlight).WithSummary("Events neither published nor dead-lettered for longer than the app's limit, oldest first.");
        api.MapGet("/apps/{id}/event-count", CountEvents).WithSummary("How many events match, exact to 10,000.");
        api.MapGet("/apps/{id}/events/{**event_id}", GetEvent).WithSummary("One event with every transition that was reported of it.");
        api.MapGet("/apps/{id}/events/{event_id}/payload", GetPayload).Needs(Permission.ViewPayloads).WithMetadata(new ForPrograms()).Produces<object>().Produces<ApiError>(409).Produces<ApiError>(502).Produces<ApiError>(504)
            .WithSummary("What the app answers when it is asked for the event, as it came: JSON, kept nowhere. The audit tells that it was viewed.");
        api.MapGet("/apps/{id}/rejected-entries", ListRejected).WithSummary("Entries that validation turned down, and why, latest first.");
    }

    private static async Task<Ok<EventsBody>> ListEvents(
        ClaimsPrincipal user, string id, [AsParameters] EventParameters events, [AsParameters] EventPageParameters page, IMediator mediator, CancellationToken ct)
    {
        var query = new ListEvents(user.Organization(), Caller.App(id), events.Criteria, page.Sort, page.Cursor, page.Limit ?? DefaultLimit);
        return TypedResults.Ok(EventsBody.Of(await mediator.Send(query, ct)));
    }

    private static async Task<IResult> ExportAsync(
        ClaimsPrincipal user, string id, EventParameters events, ExportParameters export, EventFileKind kind, IMediator mediator, CancellationToken ct) =>
        new EventFile(await mediator.Send(new ExportEvents(user.Organization(), Caller.App(id), events.Criteria, export.Sort), ct), kind);

    private static async Task<Ok<InFlightBody>> ListInFlight(
        ClaimsPrincipal user, string id, [AsParameters] PageParameters list, IMediator mediator, CancellationToken ct)
    {
        var answer = await mediator.Send(new ListInFlight(user.Organization(), Caller.App(id), list.Cursor, list.Limit ?? DefaultLimit), ct);
        return TypedResults.Ok(new InFlightBody(answer.AsOf, answer.Value.Overdue, answer.Value.Events, answer.Value.NextCursor, answer.Value.PreviousCursor));
    }

    private static async Task<Ok<EventCountBody>> CountEvents(
        ClaimsPrincipal user, string id, [AsParameters] EventParameters events, IMediator mediator, CancellationToken ct)
    {
        var answer = await mediator.Send(new CountEvents(user.Organization(), Caller.App(id), events.Criteria, Whole: true), ct);
        return TypedResults.Ok(new EventCountBody(answer.AsOf, answer.Value.Count, answer.Value.IsExact));
    }

    private static async Task<IResult> GetPayload(HttpContext http, ClaimsPrincipal user, string id, string event_id, IMediator mediator, CancellationToken ct)
    {
        http.Response.Headers.CacheControl = "no-store";
        var view = await mediator.Send(new ViewPayload(user.Actor(), Caller.App(id), IdOf(event_id)), ct);
        return view.Failure is { } failure
            ? TypedResults.Json(new ApiError(failure.Code, $"{failure.What} {failure.Advice}"), statusCode: StatusOf(failure))
            : TypedResults.Text(view.Json, "application/json");
    }

    private static int StatusOf(PayloadFailure failure) => failure.Code switch
    {
        "no_callback" or "no_key" or "address_refused" => StatusCodes.Status409Conflict,
        "payload_not_found" => StatusCodes.Status404NotFound,
        "timed_out" => StatusCodes.Status504GatewayTimeout,
        _ => StatusCodes.Status502BadGateway,
    };

    // Routing leaves an encoded slash as it is, and an id may hold one.
    private static string IdOf(string event_id) => event_id.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);

    private static async Task<Ok<EventBody>> GetEvent(ClaimsPrincipal user, string id, string event_id, IMediator mediator, CancellationToken ct)
    {
        var answer = await mediator.Send(new GetEvent(user.Organization(), Caller.App(id), IdOf(event_id)), ct);
        return TypedResults.Ok(new EventBody(answer.AsOf, answer.Value));
    }

    private static async Task<Ok<RejectedEntriesBody>> ListRejected(
        ClaimsPrincipal user, string id, [AsParameters] PageParameters list, IMediator mediator, CancellationToken ct)
    {
        var query = new ListRejectedEntries(user.Organization(), Caller.App(id), list.Cursor, list.Limit ?? DefaultLimit);
        var answer = await mediator.Send(query, ct);
        return TypedResults.Ok(new RejectedEntriesBody(answer.AsOf, answer.Value.Items, answer.Value.NextCursor));
    }
}
