using EventEngine.Web.People;

namespace EventEngine.Web.Shared;

/// <summary>Tells browsers to run nothing but our own files, to show us in no frame, and to keep addresses to themselves.</summary>
public sealed class SecurityHeaders(RequestDelegate next, GitHubSettings github)
{
    private readonly string _contentSecurityPolicy =
        $"default-src 'self'; img-src 'self' data:; base-uri 'none'; object-src 'none'; form-action 'self'{github.FormTarget}; frame-ancestors 'none'";

    private const string OneYear = "max-age=31536000; includeSubDomains";

    public Task InvokeAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = _contentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        if (context.Request.IsHttps) headers.StrictTransportSecurity = OneYear;
        return next(context);
    }
}
