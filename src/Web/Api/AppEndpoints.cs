using System.Security.Claims;
using EventEngine.Application.Apps;
using EventEngine.Application.Entries;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EventEngine.Web.Api;

/// <summary>What an organization's apps are, and what flows through each.</summary>
internal static class AppEndpoints
{
    public static void MapAppEndpoints(this RouteGroupBuilder api)
    {
        api.MapGet("/apps", ListApps).WithSummary("The apps with their health.");
        api.MapGet("/apps/{id}/summary", GetSummary).WithSummary("Events of all time by current status, and the ledger.");
        api.MapGet("/apps/{id}/throughput", GetThroughput).WithSummary("Stored transitions over time.");
        api.MapGet("/apps/{id}/latency", GetLatency).WithSummary("Publish latency over time and of the whole range, exact to 1 %.");
        api.MapGet("/apps/{id}/event-types", ListEventTypes).WithSummary("What the traffic of a range consists of, per event name.");
        api.MapGet("/apps/{id}/ledger", GetLedger).WithSummary("What became of every entry received, hour by hour; by default of the last 24 hours.");
    }

    private static async Task<Ok<AppsBody>> ListApps(ClaimsPrincipal user, IMediator mediator, CancellationToken ct)
    {
        var answer = await mediator.Send(new ListApps(user.Organization()), ct);
        return TypedResults.Ok(new AppsBody(answer.AsOf, answer.Value));
    }

    private static async Task<Ok<SummaryBody>> GetSummary(
        ClaimsPrincipal user, string id, [AsParameters] PastParameters past, IMediator mediator, CancellationToken ct)
    {
        var (organization, app) = (user.Organization(), Caller.App(id));
        var answer = past.AsOf is { } then
            ? await mediator.Send(new GetPastSummary(organization, app, then), ct)
            : await mediator.Send(new GetAppSummary(organization, app), ct);
        var inFlight = past.AsOf is null ? (await mediator.Send(new CountInFlight(organization, app), ct)).Value : null;
        return TypedResults.Ok(new SummaryBody(answer.AsOf, answer.Value.Totals, answer.Value.AvgLatencyMs, answer.Value.Ledger, inFlight));
    }

    private static async Task<Ok<ThroughputBody>> GetThroughput(
        ClaimsPrincipal user, string id, [AsParameters] ChartParameters chart, [AsParameters] PastParameters past, IMediator mediator, CancellationToken ct)
    {
        var (organization, app) = (user.Organization(), Caller.App(id));
        var answer = past.AsOf is { } then
            ? await mediator.Send(new GetPastThroughput(organization, app, then, chart.From, chart.To, chart.Step, chart.EventName), ct)
            : await mediator.Send(new GetThroughput(organization, app, chart.From, chart.To, chart.Step, chart.EventName), ct);
        var value = answer.Value;
        return TypedResults.Ok(new ThroughputBody(answer.AsOf, value.From, value.To, value.Step, value.Points));
    }

    private static async Task<Ok<LatencyBody>> GetLatency(
        ClaimsPrincipal user, string id, [AsParameters] ChartParameters chart, IMediator mediator, CancellationToken ct)
    {
        var query = new GetLatency(user.Organization(), Caller.App(id), chart.From, chart.To, chart.Step, chart.EventName);
        var answer = await mediator.Send(query, ct);
        var value = answer.Value;
        return TypedResults.Ok(new LatencyBody(answer.AsOf, value.From, value.To, value.Step, value.Points, value.Window));
    }

    private static async Task<Ok<EventTypesBody>> ListEventTypes(
        ClaimsPrincipal user, string id, [AsParameters] RangeParameters range, IMediator mediator, CancellationToken ct)
    {
        var answer = await mediator.Send(new ListEventTypes(user.Organization(), Caller.App(id), range.From, range.To), ct);
        return TypedResults.Ok(new EventTypesBody(answer.AsOf, answer.Value));
    }

    private static async Task<Ok<LedgerBody>> GetLedger(
        ClaimsPrincipal user, string id, [AsParameters] RangeParameters range, IMediator mediator, CancellationToken ct)
    {
        var answer = await mediator.Send(new GetLedger(user.Organization(), Caller.App(id), range.From, range.To), ct);
        return TypedResults.Ok(new LedgerBody(answer.AsOf, answer.Value.Total, answer.Value.Hours));
    }
}
