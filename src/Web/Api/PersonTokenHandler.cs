using System.Text.Encodings.Web;
using EventEngine.Application.People;
using EventEngine.Web.Shared;
using MediatR;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace EventEngine.Web.Api;

/// <summary><c>Authorization: Bearer &lt;JWT&gt;</c> from <c>/api/v1/auth/token</c>: a person, with the role that she has at this moment.</summary>
public sealed class PersonTokenHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, IMediator mediator)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "PersonToken";
    private const string Bearer = "Bearer ";

    public static bool IsMeant(HttpRequest request) => TokenOf(request) is { } token && Jwt.Resembles(token);

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (TokenOf(Request) is not { } token) return AuthenticateResult.NoResult();
        var signedIn = await mediator.Send(new CheckToken(token), Context.RequestAborted);
        return signedIn is null
            ? AuthenticateResult.Fail("Unknown, expired or revoked.")
            : AuthenticateResult.Success(new AuthenticationTicket(Claims.Of(signedIn, SchemeName), SchemeName));
    }

    private static string? TokenOf(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) && header.Length <= Bearer.Length + Jwt.Longest ? header[Bearer.Length..].Trim() : null;
    }
}
