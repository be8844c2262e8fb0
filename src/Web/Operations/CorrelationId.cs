using System.Diagnostics;
using Serilog.Context;

namespace EventEngine.Web.Operations;

/// <summary>
/// Gives every request an id that its logs, its facts and its answer share. A caller's own id is taken when it is short and plain,
/// so that nobody writes into our logs.
/// </summary>
public sealed class CorrelationId(RequestDelegate next)
{
    public const string Header = "X-Correlation-Id";
    private const int MaxLength = 64;

    public async Task InvokeAsync(HttpContext context)
    {
        var id = Acceptable(context.Request.Headers[Header]) ?? Activity.Current?.TraceId.ToString() ?? Guid.CreateVersion7().ToString("N");
        context.TraceIdentifier = id;
        context.Response.Headers[Header] = id;
        using (LogContext.PushProperty("CorrelationId", id)) await next(context);
    }

    private static string? Acceptable(string? id) =>
        id is { Length: > 0 and <= MaxLength } && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') ? id : null;
}
