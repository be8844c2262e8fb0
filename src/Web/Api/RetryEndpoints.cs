using System.Security.Claims;
using EventEngine.Application.Retries;
using EventEngine.Application.Shared;
using EventEngine.Domain.Organizations;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EventEngine.Web.Api;

/// <summary>What pages do with retries, for programs.</summary>
internal static class RetryEndpoints
{
    private const int DefaultLimit = 50;

    public static void MapRetryEndpoints(this RouteGroupBuilder api)
    {
        api.MapPost("/apps/{id}/retries", Start).Needs(Permission.RetryEvents)
            .WithSummary("Asks the app to try dead letters again: some events, groups, what meets a filter, or what an earlier retry left. With dry_run nothing is sent.");
        api.MapGet("/apps/{id}/retries", List).WithSummary("Retries of an app, latest first.");
        api.MapGet("/apps/{id}/retries/{retry_id}", Get).WithSummary("One retry, with its items counted by state.");
        api.MapGet("/apps/{id}/retries/{retry_id}/items", ListItems).WithSummary("What became of each event of a retry, in the order of sending.");
        api.MapPost("/apps/{id}/retries/{retry_id}/cancel", Cancel).Needs(Permission.RetryEvents).WithSummary("Sends nothing more; what is under way may still be answered.");
        api.MapPost("/apps/{id}/retries/{retry_id}/continue", Continue).Needs(Permission.RetryEvents).WithSummary("Goes on with a retry that paused after its first ten.");
    }

    private static async Task<Results<Ok<RetryPreviewBody>, Created<StartedRetryBody>>> Start(ClaimsPrincipal user, string id, NewRetryBody body, IMediator mediator, CancellationToken ct)
    {
        var app = Caller.App(id);
        if (body.DryRun)
        {
            var preview = await mediator.Send(new PreviewRetry(user.Organization(), app, body.Selection), ct);
            return TypedResults.Ok(RetryPreviewBody.Of(preview));
        }

        var retry = Guid.NewGuid();
        var position = await mediator.Send(new StartRetry(user.Actor(), app, retry, body.Selection, body.Name, body.Expected), ct);
        return TypedResults.Created($"/api/v1/apps/{app}/retries/{retry:N}", new StartedRetryBody(retry, position));
    }

    private static async Task<Ok<RetriesBody>> List(ClaimsPrincipal user, string id, [AsParameters] PageParameters list, IMediator mediator, CancellationToken ct)
    {
        var answer = await mediator.Send(new ListRetries(user.Organization(), Caller.App(id), list.Cursor, list.Limit ?? DefaultLimit), ct);
        return TypedResults.Ok(new RetriesBody(answer.AsOf, answer.Value.Items, answer.Value.NextCursor));
    }

    private static async Task<Ok<RetryBody>> Get(ClaimsPrincipal user, string id, string retry_id, IMediator mediator, CancellationToken ct)
    {
        var answer = await mediator.Send(new GetRetry(user.Organization(), Caller.App(id), Retry(retry_id)), ct);
        return TypedResults.Ok(new RetryBody(answer.AsOf, answer.Value));
    }

    private static async Task<Ok<RetryItemsBody>> ListItems(
        ClaimsPrincipal user, string id, string retry_id, [AsParameters] RetryItemParameters list, IMediator mediator, CancellationToken ct)
    {
        var answer = await mediator.Send(new ListRetryItems(user.Organization(), Caller.App(id), Retry(retry_id), list.State, list.Cursor, list.Limit ?? DefaultLimit), ct);
        return TypedResults.Ok(new RetryItemsBody(answer.AsOf, answer.Value.Items, answer.Value.NextCursor));
    }

    private static async Task<NoContent> Cancel(ClaimsPrincipal user, string id, string retry_id, IMediator mediator, CancellationToken ct)
    {
        await mediator.Send(new CancelRetry(user.Actor(), Caller.App(id), Retry(retry_id)), ct);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> Continue(ClaimsPrincipal user, string id, string retry_id, IMediator mediator, CancellationToken ct)
    {
        await mediator.Send(new ContinueRetry(user.Actor(), Caller.App(id), Retry(retry_id)), ct);
        return TypedResults.NoContent();
    }

    private static Guid Retry(string id) => Guid.TryParse(id, out var retry) ? retry : throw new NotFoundException("retry");
}
