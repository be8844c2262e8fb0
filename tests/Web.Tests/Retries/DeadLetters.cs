using System.Globalization;
using System.Net;
using System.Net.Http.Json;

namespace EventEngine.Web.Tests.Retries;

/// <summary>What the app's reporter says.</summary>
internal static class DeadLetters
{
    public static object Died(int id, string errorClass = "Kafka::DeliveryFailed", TimeSpan? ago = null) => new
    {
        event_id = id,
        event_name = id % 3 == 0 ? "order.shipped" : "order.placed",
        event_version = 1,
        status = "dead_lettered",
        attempts = 5,
        error_class = errorClass,
        error_message = $"Failed to deliver {id}",
        timestamp = Time(DateTimeOffset.UtcNow - (ago ?? TimeSpan.FromMinutes(5))),
    };

    /// <summary>In whole seconds, as the gem has them.</summary>
    public static object Published(int id) => new
    {
        event_id = id,
        event_name = id % 3 == 0 ? "order.shipped" : "order.placed",
        event_version = 1,
        status = "published",
        timestamp = Time(DateTimeOffset.UtcNow),
    };

    public static async Task<HttpStatusCode> PostAsync(HttpClient client, IReadOnlyCollection<object> entries)
    {
        using var answer = await client.PostAsJsonAsync("/v1/ingest/events", new { entries });
        return answer.StatusCode;
    }

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
