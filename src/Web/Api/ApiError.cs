namespace EventEngine.Web.Api;

/// <summary>The one shape of everything that goes wrong: a code for programs, a message for people.</summary>
public sealed record ApiError(string Error, string Message)
{
    public static Task WriteAsync(HttpContext context, int status, string error, string message)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(new ApiError(error, message), context.RequestAborted);
    }
}
