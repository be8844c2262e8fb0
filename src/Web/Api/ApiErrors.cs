using System.Text.RegularExpressions;
using EventEngine.Application.EventStore;
using EventEngine.Application.Ingestion;
using EventEngine.Application.Pipeline;
using EventEngine.Application.Shared;
using EventEngine.Domain.Organizations;
using EventEngine.Domain.Shared;
using EventEngine.Web.Shared;
using FluentValidation;
using Npgsql;

namespace EventEngine.Web.Api;

/// <summary>Turns whatever went wrong into an answer: exceptions by what they mean, and bare status codes such as those of routing.</summary>
public sealed partial class ApiErrors(RequestDelegate next, ILogger<ApiErrors> log)
{
    private const string RetryAfterSeconds = "1";

    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return;
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            await ExplainAsync(context, e);
            return;
        }

        if (!context.Response.HasStarted && context.Response is { StatusCode: >= 400, ContentType: null, ContentLength: null })
            await ExplainAsync(context, context.Response.StatusCode);
    }

    private static Task ExplainAsync(HttpContext context, int status) => status switch
    {
        404 => ApiError.WriteAsync(context, status, "not_found", $"There is nothing at {context.Request.Path}."),
        405 => ApiError.WriteAsync(context, status, "method_not_allowed", $"{context.Request.Method} is not possible here; see the Allow header."),
        415 => ApiError.WriteAsync(context, status, "unsupported_media_type", "Send JSON, with Content-Type: application/json."),
        _ => ApiError.WriteAsync(context, status, "error", $"The request was answered with status {status}."),
    };

    // .NET words it for programmers: Failed to bind parameter "Nullable<int> limit" from "x".
    private static string Plainly(string message) =>
        BindingFailure().Match(message) is { Success: true } match
            ? $"{match.Groups["name"].Value} can't be \"{match.Groups["value"].Value}\": it is {Kind(match.Groups["type"].Value)}."
            : message;

    private static string Kind(string type) => type switch
    {
        _ when type.Contains("DateTimeOffset") => "a time as in RFC 3339, such as 2026-01-31T12:00:00Z",
        _ when type.Contains("int") => "a whole number",
        _ => $"a {type}",
    };

    [GeneratedRegex("""bind parameter "(?<type>\S+) (?<name>\S+)" from "(?<value>.*)"\.""", RegexOptions.Singleline, matchTimeoutMilliseconds: 100)]
    private static partial Regex BindingFailure();

    private Task ExplainAsync(HttpContext context, Exception exception)
    {
        context.Response.Clear();
        switch (exception)
        {
            case ValidationException invalid:
                return ApiError.WriteAsync(context, 400, "invalid_parameter", string.Join(' ', invalid.Errors.Select(e => e.ErrorMessage)));
            case BadHttpRequestException bad:
                return ApiError.WriteAsync(context, bad.StatusCode, bad.StatusCode == 413 ? "too_large" : "invalid_parameter", Plainly(bad.Message));
            case RoleNeededException needed:
                return ApiError.WriteAsync(context, 403, "forbidden", needed.Message);
            case PersonNeededException person:
                return ApiError.WriteAsync(context, 403, "forbidden", person.Message);
            case OrganizationDisabledException disabled:
                return ApiError.WriteAsync(context, 403, OrganizationDisabledException.Code, disabled.Message);
            case PlanLimitException limit:
                return ApiError.WriteAsync(context, 403, limit.Code, limit.Message, PublicOrigin.Of(context) + PublicOrigin.BillingPath);
            case NotAMemberException stranger:
                return ApiError.WriteAsync(context, 404, "not_found", stranger.Message);
            case NotFoundException missing:
                return ApiError.WriteAsync(context, 404, "not_found", missing.Message);
            case DomainException forbidden:
                return ApiError.WriteAsync(context, 409, forbidden.Code, forbidden.Message);
            case OperatorNeededException operators:
                return ApiError.WriteAsync(context, 403, "forbidden", operators.Message);
            case ReadModelsMissingException unmade:
                log.LogWarning(exception, "Answered 503 to {Method} {Path}", context.Request.Method, context.Request.Path);
                context.Response.Headers.RetryAfter = RetryAfterSeconds;
                return ApiError.WriteAsync(context, 503, "unavailable", unmade.Message);
            case StoreUnavailableException or ReportersUnavailableException or NpgsqlException { IsTransient: true }:
                log.LogWarning(exception, "Answered 503 to {Method} {Path}", context.Request.Method, context.Request.Path);
                context.Response.Headers.RetryAfter = RetryAfterSeconds;
                return ApiError.WriteAsync(context, 503, "unavailable", "We can't answer just now. Please try again in a moment.");
            default:
                log.LogError(exception, "Unhandled exception in {Method} {Path}", context.Request.Method, context.Request.Path);
                return ApiError.WriteAsync(
                    context, 500, "internal_error", $"Something went wrong on our side. If you tell us of it, name {context.TraceIdentifier}.");
        }
    }
}
