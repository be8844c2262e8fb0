using EventEngine.Application.Shared;
using Microsoft.Extensions.Options;

namespace EventEngine.Web.Shared;

/// <summary>Where people and programs reach us, for links that leave this answer: <c>PublicUrl</c>, or else the request's own origin.</summary>
public static class PublicOrigin
{
    public const string BillingPath = "/dashboard/settings/billing";

    /// <returns>Without a slash at its end.</returns>
    public static string Of(HttpContext context)
    {
        var configured = context.RequestServices.GetRequiredService<IOptions<EventEngineOptions>>().Value.PublicUrl;
        return configured is { Length: > 0 } url ? url.TrimEnd('/') : $"{context.Request.Scheme}://{context.Request.Host}{context.Request.PathBase}";
    }
}
