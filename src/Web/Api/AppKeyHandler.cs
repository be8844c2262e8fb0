using System.Security.Claims;
using System.Text.Encodings.Web;
using EventEngine.Application.Ingestion;
using EventEngine.Web.Ingestion;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace EventEngine.Web.Api;

/// <summary>Where an endpoint is <see cref="OpenToKeys"/>: an app by its own key, as it is sent to ingest. What is no key may still be an access token.</summary>
public sealed class AppKeyHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, Reporters reporters)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "AppKey";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!KeyDigest.TryOf(ReporterGate.KeyOf(Request.Headers), out var digest)) return AuthenticateResult.NoResult();
        if (await reporters.FindAsync(digest, Context.RequestAborted) is not { } reporter) return await Context.AuthenticateAsync(AccessTokenHandler.SchemeName);
        var identity = new ClaimsIdentity(Caller.ClaimsOf(reporter), SchemeName);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName));
    }
}
