using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using EventEngine.Application.Shared;
using Microsoft.Extensions.Options;

namespace EventEngine.Web.Demo;

/// <summary>The simulated apps as we call them: they answer both requests, to whoever has their key.</summary>
internal static class DemoCallbacks
{
    public const string Path = "/demo";

    public static void MapDemo(this IEndpointRouteBuilder app)
    {
        if (!app.ServiceProvider.GetRequiredService<IOptions<EventEngineOptions>>().Value.Demo) return;
        var calls = app.MapGroup($"{Path}/{{app}}/cloud_api/events/{{id}}").ExcludeFromDescription().AddEndpointFilter(OnlyWithKeyAsync);
        calls.MapGet("", (string id, HttpContext http) => long.TryParse(id, out var known) && Desk(http).Outbox.Payload(known) is { } payload ? Results.Json(payload) : Results.NotFound());
        calls.MapPost("/retry", (string id, HttpContext http) => Answer(long.TryParse(id, out var known) ? Desk(http).Outbox.Retry(known) : DemoRetry.Unknown));
    }

    private static IResult Answer(DemoRetry retry) =>
        retry.Error is null ? Results.StatusCode(retry.Status) : Results.Json(new { error = retry.Error, message = retry.Message }, statusCode: retry.Status);

    private static async ValueTask<object?> OnlyWithKeyAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (!http.RequestServices.GetRequiredService<DemoDesks>().TryGetValue($"{http.GetRouteValue("app")}", out var desk)) return Results.NotFound();
        var sent = Encoding.UTF8.GetBytes(http.Request.Headers.Authorization.ToString());
        if (!CryptographicOperations.FixedTimeEquals(sent, Encoding.UTF8.GetBytes($"Bearer {desk.Key}"))) return Results.Unauthorized();
        http.Items[typeof(DemoDesk)] = desk;
        return await next(context);
    }

    private static DemoDesk Desk(HttpContext http) => (DemoDesk)http.Items[typeof(DemoDesk)]!;
}

internal sealed record DemoDesk(string Key, DemoOutbox Outbox);

/// <summary>By the name of the app; filled when the simulation begins.</summary>
internal sealed class DemoDesks : ConcurrentDictionary<string, DemoDesk>;
