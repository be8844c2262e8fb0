using System.Net.Http.Headers;
using System.Text;

namespace EventEngine.Web.Tests.Durability;

/// <summary>Batches of published entries, as a reporter sends them.</summary>
internal static class IngestLoad
{
    /// <summary>Null when no answer came: such a batch may be in the store, or not.</summary>
    public static async Task<HttpResponseMessage?> PostAsync(ProductProcess product, long firstId, int entries)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/ingest/events");
        request.Content = new StringContent(Batch(firstId, entries), Encoding.UTF8, "application/json");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", ProductProcess.ApiKey);
        try
        {
            return await product.Http.SendAsync(request, CancellationToken.None);
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException or IOException)
        {
            return null;
        }
    }

    private static string Batch(long firstId, int entries)
    {
        var now = DateTimeOffset.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'");
        var all = Enumerable.Range(0, entries).Select(i =>
            $$"""{"event_id":{{firstId + i}},"event_name":"order.placed","event_version":1,"status":"published","latency_ms":5,"timestamp":"{{now}}"}""");
        return $$"""{"entries":[{{string.Join(',', all)}}]}""";
    }
}
