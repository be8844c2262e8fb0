using System.Security.Claims;
using System.Text.Encodings.Web;
using EventEngine.Application.AccessTokens;
using EventEngine.Web.Ingestion;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace EventEngine.Web.Api;

/// <summary><c>Authorization: Bearer &lt;access token&gt;</c>: opens one organization, for what the token was issued for.</summary>
public sealed class AccessTokenHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, AccessTokenCache tokens)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "AccessToken";
    private const string Bearer = "Bearer ";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)) return AuthenticateResult.NoResult();
        var secret = header[Bearer.Length..].Trim();
        if (secret.Length is 0 or > AccessSecret.Longest) return AuthenticateResult.Fail("No token.");
        if (await tokens.FindAsync(new AccessSecret(secret), Context.RequestAborted) is not { } token) return AuthenticateResult.Fail("Unknown, expired or revoked.");
        var identity = new ClaimsIdentity(Caller.ClaimsOf(token), SchemeName);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName));
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var takesKeys = OpenToKeys.Is(Context.GetEndpoint());
        var presented = Request.Headers.Authorization.Count > 0 || (takesKeys && Request.Headers.ContainsKey(ReporterGate.KeyHeader));
        Response.Headers[HeaderNames.WWWAuthenticate] = presented ? "Bearer realm=\"EventEngine\", error=\"invalid_token\"" : "Bearer realm=\"EventEngine\"";
        var what = takesKeys ? "access token or API key" : "access token";
        var message = presented ? $"The {what} is unknown, expired or revoked." : $"Send an {what}: Authorization: Bearer <{what}>.";
        await ApiError.WriteAsync(Context, StatusCodes.Status401Unauthorized, "unauthorized", message);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        ApiError.WriteAsync(Context, StatusCodes.Status403Forbidden, "forbidden", "This is not open to you.");
}
