using System.Security.Cryptography;
using EventEngine.Application.People;
using EventEngine.Application.Shared;
using MediatR;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;

namespace EventEngine.Web.People;

/// <summary>The browser's half of a session, and its memory of who has signed in here before.</summary>
public sealed class SessionCookie(IDataProtectionProvider protection, IOptions<EventEngineOptions> options)
{
    public const string Name = "ee_session", KnownName = "ee_known";
    private const int LongestSecret = 100;
    private static readonly TimeSpan Kept = TimeSpan.FromDays(400); // the most that browsers allow; the session itself ends much earlier
    private readonly IDataProtector _known = protection.CreateProtector("EventEngine.KnownPerson.v1");

    /// <returns>Null when there is none.</returns>
    public string? Read(HttpRequest request) => request.Cookies[Name] is { Length: > 0 and <= LongestSecret } secret ? secret : null;

    /// <summary>Signs a person in who has proved herself by other means than her password.</summary>
    public async Task SignInAsync(HttpContext context, Guid person, Domain.Organizations.OrganizationId? organization = null)
    {
        var mediator = context.RequestServices.GetRequiredService<IMediator>();
        var open = new OpenSession(person, context.Request.Headers.UserAgent.ToString(), organization, Read(context.Request));
        Write(context, person, await mediator.Send(open, context.RequestAborted));
    }

    public void Write(HttpContext context, Guid person, string secret)
    {
        context.Response.Cookies.Append(Name, secret, Flags(context));
        context.Response.Cookies.Append(KnownName, _known.Protect(person.ToString("N")), Flags(context));
    }

    public void Clear(HttpContext context) => context.Response.Cookies.Delete(Name, Flags(context));

    /// <returns>Who signed in last from this browser; null: nobody, or we can't tell.</returns>
    public Guid? KnownPerson(HttpRequest request)
    {
        try
        {
            return request.Cookies[KnownName] is { Length: > 0 } text && Guid.TryParse(_known.Unprotect(text), out var person) ? person : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private CookieOptions Flags(HttpContext context) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = context.Request.IsHttps || options.Value.PublicUrl?.StartsWith("https:", StringComparison.OrdinalIgnoreCase) == true,
        Path = "/",
        MaxAge = Kept,
        IsEssential = true,
    };
}
