using System.Text.Json;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EventEngine.Web.Operations;

/// <summary>Health as JSON: the whole, and each part with what it knows of itself, its lag for one.</summary>
public static class HealthAnswer
{
    public static async Task WriteAsync(HttpContext context, HealthReport report)
    {
        context.Response.ContentType = "application/json";
        context.Response.Headers.CacheControl = "no-store";
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter);
        json.WriteStartObject();
        json.WriteString("status", Word(report.Status));
        json.WriteStartObject("parts");
        foreach (var (name, part) in report.Entries) WritePart(json, name, part);
        json.WriteEndObject();
        json.WriteEndObject();
        await json.FlushAsync(context.RequestAborted);
    }

    private static void WritePart(Utf8JsonWriter json, string name, HealthReportEntry part)
    {
        json.WriteStartObject(name);
        json.WriteString("status", Word(part.Status));
        if (part.Description is not null) json.WriteString("message", part.Description);
        foreach (var (key, value) in part.Data)
        {
            json.WritePropertyName(key);
            JsonSerializer.Serialize(json, value);
        }

        json.WriteEndObject();
    }

    private static string Word(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => "healthy",
        HealthStatus.Degraded => "degraded",
        _ => "unhealthy",
    };
}
