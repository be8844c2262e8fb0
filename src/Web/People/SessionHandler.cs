using System.Text.Encodings.Web;
using EventEngine.Application.People;
using EventEngine.Web.Pages.Shared;
using EventEngine.Web.Shared;
using MediatR;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace EventEngine.Web.People;

/// <summary>Signed in by a cookie that carries nothing but a random secret: who that is, and what she may do, is asked for every request.</summary>
public sealed class SessionHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, SessionCookie cookie, IMediator mediator)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "Session";
    private static readonly string[] ForPrograms = ["/api", "/v1", "/live", "/health", "/metrics", "/openapi"];

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (cookie.Read(Request) is not { } secret) return AuthenticateResult.NoResult();
        if (await mediator.Send(new GetSession(secret), Context.RequestAborted) is not { Session.Kind: SessionKind.Browser } signedIn)
            return AuthenticateResult.Fail("The session has ended.");
        return AuthenticateResult.Success(new AuthenticationTicket(Claims.Of(signedIn, SchemeName), SchemeName));
    }

    /// <summary>A person is shown the way in, and then to where she was going; a script is told.</summary>
    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (ForPrograms.Any(path => Request.Path.StartsWithSegments(path)) || Request.IsLive())
        {
            Response.StatusCode = StatusCodes.Status401Unauthorized;
            return Task.CompletedTask;
        }

        var there = HttpMethods.IsGet(Request.Method) ? $"?ReturnUrl={Uri.EscapeDataString(Request.PathBase + Request.Path + Request.QueryString)}" : "";
        Response.Redirect("/sign-in" + there);
        return Task.CompletedTask;
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }
}
