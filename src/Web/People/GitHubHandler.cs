using System.Text.Encodings.Web;
using EventEngine.Application.Shared;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.Extensions.Options;

namespace EventEngine.Web.People;

/// <summary>ASP.NET Core's code flow, with state and PKCE; behind a proxy GitHub is told our public address to come back to.</summary>
public sealed class GitHubHandler(
    IOptionsMonitor<OAuthOptions> options, ILoggerFactory logger, UrlEncoder encoder, IOptions<EventEngineOptions> settings)
    : OAuthHandler<OAuthOptions>(options, logger, encoder)
{
    public const string SchemeName = "GitHub";

    protected override string BuildChallengeUrl(AuthenticationProperties properties, string redirectUri) => base.BuildChallengeUrl(properties, Public(redirectUri));

    protected override Task<OAuthTokenResponse> ExchangeCodeAsync(OAuthCodeExchangeContext context) =>
        base.ExchangeCodeAsync(new OAuthCodeExchangeContext(context.Properties, context.Code, Public(context.RedirectUri)));

    private string Public(string redirectUri) =>
        settings.Value.PublicUrl is { Length: > 0 } url ? url.TrimEnd('/') + Options.CallbackPath : redirectUri;
}
