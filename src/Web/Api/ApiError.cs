using System.Text.Json.Serialization;

namespace EventEngine.Web.Api;

/// <summary>The one shape of everything that goes wrong: a code for programs, a message for people, and where a plan is the cause, the way out.</summary>
public sealed record ApiError(
    string Error, string Message, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? UpgradeUrl = null)
{
    public static Task WriteAsync(HttpContext context, int status, string error, string message, string? upgradeUrl = null)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(new ApiError(error, message, upgradeUrl), context.RequestAborted);
    }
}
