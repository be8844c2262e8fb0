using System.ComponentModel;
using System.Security.Claims;
using EventEngine.Application.Schemas;
using EventEngine.Domain.Organizations;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace EventEngine.Web.Api;

/// <summary>The schema catalog: what events are, who emits them, and what a change would break.</summary>
internal static class SchemaEndpoints
{
    private const int MaxBytes = 1 << 20;

    public static void MapSchemaEndpoints(this RouteGroupBuilder api)
    {
        api.MapGet("/schemas", List).WithSummary("The event names that apps define, emit or reported fingerprints of.");
        api.MapGet("/schemas/{event_name}", Get).WithSummary("What is known of one event name across the apps: versions, definitions, who emits them, verdicts, history.");
        api.MapGet("/schemas/{event_name}/diff", Diff).WithSummary("What differs between any two versions, and what that means to consumers.");
        api.MapPost("/schemas", Upload).Needs(Permission.ManageSchemas)
            .WithMetadata(new OpenToKeys(), new ProducesResponseTypeMetadata(StatusCodes.Status413PayloadTooLarge, typeof(ApiError), ["application/json"]))
            .WithSummary("Takes db/event_schema.json of an app. With dry_run nothing is kept, and 409 incompatible says what would break.");
        api.MapPut("/apps/{id}/compatibility-mode", ChangeMode).Needs(Permission.ManageSchemas)
            .WithSummary("Says what new versions are held to: those of one event of the app, or of all that have no mode of their own.");
    }

    private static async Task<Ok<SchemasBody>> List(ClaimsPrincipal user, [AsParameters] SchemaParameters parameters, IMediator mediator, CancellationToken ct)
    {
        var answer = await mediator.Send(
            new ListSchemas(user.Organization(), parameters.Criteria(), parameters.Sort, parameters.Cursor, parameters.Limit ?? 50), ct);
        return TypedResults.Ok(new SchemasBody(answer.AsOf, answer.Value.Schemas.Items, answer.Value.Count, answer.Value.Schemas.NextCursor));
    }

    private static async Task<Ok<SchemaBody>> Get(ClaimsPrincipal user, string event_name, IMediator mediator, CancellationToken ct)
    {
        var answer = await mediator.Send(new GetSchema(user.Organization(), Name(event_name)), ct);
        return TypedResults.Ok(new SchemaBody(answer.AsOf, answer.Value));
    }

    private static async Task<Ok<SchemaDiffBody>> Diff(
        ClaimsPrincipal user, string event_name, [Description("Version.")] int from, [Description("Version.")] int to,
        [Description("Whose definitions; without it of each version the one that was reported last.")] string? app, IMediator mediator, CancellationToken ct)
    {
        var name = Name(event_name);
        var answer = await mediator.Send(new GetSchemaDiff(user.Organization(), name, from, to, app is null ? null : Caller.App(app)), ct);
        var (older, newer, _, changes, verdict) = answer.Value;
        return TypedResults.Ok(new SchemaDiffBody(answer.AsOf, name, older, newer, changes, VerdictBody.Of(verdict)));
    }

    private static async Task<Results<Ok<UploadBody>, Conflict<IncompatibleBody>>> Upload(
        HttpRequest request, ClaimsPrincipal user, [Description("Id of the app whose definitions they are; an app's own key says it already.")] string? app,
        [FromQuery(Name = "dry_run"), Description("true: keep nothing, only judge.")] bool? dry_run, IMediator mediator, CancellationToken ct)
    {
        var id = app is not null ? Caller.App(app) : user.App() ?? throw new BadHttpRequestException("app is missing: the id of the app whose definitions they are.");
        var isDry = dry_run ?? false;
        var upload = await mediator.Send(new UploadSchemas(user.Actor(), id, await ReadAsync(request, ct), isDry), ct);
        var body = new UploadBody(id, isDry, upload.IsCompatible, upload.Position, [.. upload.Schemas.Select(UploadedBody.Of)]);
        return isDry && !upload.IsCompatible ? TypedResults.Conflict(new IncompatibleBody("incompatible", Broken(upload), body)) : TypedResults.Ok(body);
    }

    private static async Task<NoContent> ChangeMode(ClaimsPrincipal user, string id, CompatibilityModeBody body, IMediator mediator, CancellationToken ct)
    {
        await mediator.Send(new ChangeCompatibilityMode(user.Actor(), Caller.App(id), body.EventName, body.Mode), ct);
        return TypedResults.NoContent();
    }

    private static string Broken(SchemaUpload upload)
    {
        var broken = upload.Schemas.Where(schema => schema.Verdict?.IsCompatible == false).ToArray();
        var lines = broken.Select(schema => $"{schema.Definition.EventName} v{schema.Definition.EventVersion}: {string.Join(' ', schema.Verdict!.Breaking.Select(finding => finding.Sentence()))}");
        return string.Join('\n', lines);
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request, CancellationToken ct)
    {
        using var body = new MemoryStream();
        var chunk = new byte[16 * 1024];
        while (await request.Body.ReadAsync(chunk, ct) is > 0 and var count)
        {
            if (body.Length + count > MaxBytes) throw new BadHttpRequestException("A list of definitions may have at most 1 MiB.", StatusCodes.Status413PayloadTooLarge);
            body.Write(chunk, 0, count);
        }

        return body.GetBuffer().AsMemory(0, (int)body.Length);
    }

    // Routing leaves this one escaped.
    private static string Name(string fromRoute) => fromRoute.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
}
