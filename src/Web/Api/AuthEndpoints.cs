using EventEngine.Application.People;
using EventEngine.Domain.Organizations;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EventEngine.Web.Api;

/// <summary>How a program signs in as a person, and how others check what we sign.</summary>
internal static class AuthEndpoints
{
    private const int LongestText = 500;

    public static void MapAuthEndpoints(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/api/v1/auth/token", IssueAsync).AllowAnonymous().WithTags("Access").WithSummary("Sign in as a person")
            .WithDescription("Answers with a signed token that opens the query API for 15 minutes, with the person's role. Signing out everywhere ends it at once.")
            .Produces<TokenAnswer>()
            .WithMetadata([.. new[] { 400, 401, 404, 429, 503 }.Select(status => new ProducesResponseTypeMetadata(status, typeof(ApiError), ["application/json"]))]);
        endpoints.MapGet("/.well-known/jwks.json", KeysAsync).AllowAnonymous().ExcludeFromDescription();
    }

    private static async Task<IResult> IssueAsync(TokenRequest body, HttpContext context, IMediator mediator)
    {
        if (body is not { Email.Length: > 0 and <= LongestText, Password.Length: > 0 and <= LongestText })
            throw new BadHttpRequestException("Send email and password.");
        var origin = context.Connection.RemoteIpAddress?.ToString() ?? "";
        var command = new IssueToken(body.Email, body.Password, body.Organization, origin, UserAgent: null);
        context.Response.Headers.CacheControl = "no-store";
        switch (await mediator.Send(command, context.RequestAborted))
        {
            case TokenOutcome.Issued issued:
                return Results.Ok(new TokenAnswer(issued.Token, "Bearer", (int)TokenIssuer.Lifetime.TotalSeconds, issued.Organization));
            case TokenOutcome.Wait wait:
                context.Response.Headers.RetryAfter = Math.Ceiling(wait.For.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture);
                return Error(429, "too_many_attempts", "Too many attempts. Wait as long as Retry-After says, in seconds.");
            default:
                return Error(401, "invalid_credentials", "This address and password don't belong together.");
        }
    }

    private static async Task<Ok<KeySet>> KeysAsync(ISigningKeys keys, HttpContext context)
    {
        await keys.CurrentAsync(context.RequestAborted);
        context.Response.Headers.CacheControl = "public, max-age=300";
        return TypedResults.Ok(new KeySet([.. (await keys.KnownAsync(context.RequestAborted)).Select(JsonWebKey.Of)]));
    }

    private static JsonHttpResult<ApiError> Error(int status, string code, string message) => TypedResults.Json(new ApiError(code, message), statusCode: status);

    /// <param name="Organization">Its id or slug; without it, the organization that the person joined first.</param>
    internal sealed record TokenRequest(string? Email, string? Password, string? Organization);

    internal sealed record TokenAnswer(string AccessToken, string TokenType, int ExpiresIn, OrganizationId Organization);

    internal sealed record KeySet(IReadOnlyList<JsonWebKey> Keys);
}
