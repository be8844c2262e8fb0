using EventEngine.Application.People;
using EventEngine.Application.Shared;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;

namespace EventEngine.Web.People;

public static class GitHubRegistration
{
    private const string CallbackPath = "/sign-in/github";

    /// <summary>Only when it is configured: the handler of an incomplete one would fail every request.</summary>
    public static void AddGitHub(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<GitHubSettings>();
        var github = configuration.GetSection(EventEngineOptions.Section).GetSection("GitHub").Get<GitHubOptions>() ?? new GitHubOptions();
        if (!GitHubSettings.IsComplete(github)) return;
        services.AddAuthentication().AddOAuth<OAuthOptions, GitHubHandler>(GitHubHandler.SchemeName, oauth => Configure(oauth, github));
    }

    private static void Configure(OAuthOptions oauth, GitHubOptions github)
    {
        oauth.ClientId = github.ClientId!;
        oauth.ClientSecret = github.ClientSecret!;
        oauth.CallbackPath = CallbackPath;
        oauth.AuthorizationEndpoint = github.Address.TrimEnd('/') + "/login/oauth/authorize";
        oauth.TokenEndpoint = github.Address.TrimEnd('/') + "/login/oauth/access_token";
        oauth.Scope.Add("user:email");
        oauth.UsePkce = true;
        oauth.SaveTokens = false;
        oauth.CorrelationCookie.SameSite = SameSiteMode.Lax; // GitHub comes back by a link; None would need TLS even on a developer's machine
        oauth.CorrelationCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        oauth.BackchannelTimeout = TimeSpan.FromSeconds(10);
        oauth.Events.OnCreatingTicket = context => GitHubUser.ReadAsync(context, github.ApiAddress.TrimEnd('/'));
        oauth.Events.OnTicketReceived = GitHubReturn.ReceiveAsync;
        oauth.Events.OnRemoteFailure = GitHubReturn.FailAsync;
    }
}
