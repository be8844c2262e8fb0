using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using EventEngine.Testing;

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

    /// <summary>Again where the server is overloaded.</summary>
    public static async Task ReportAsync(HttpClient client, IEnumerable<object> entries)
    {
        foreach (var chunk in entries.Chunk(1000))
        {
            await Eventually.Becomes(async () =>
            {
                using var answer = await client.PostAsJsonAsync("/v1/ingest/events", new { entries = chunk });
                if (answer.StatusCode == HttpStatusCode.ServiceUnavailable) return false;
                answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
                return true;
            }, TimeSpan.FromSeconds(30));
        }
    }

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
