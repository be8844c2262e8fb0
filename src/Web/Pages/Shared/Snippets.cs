using System.Globalization;

namespace EventEngine.Web.Pages.Shared;

/// <summary>What to add to an app, ready to be copied.</summary>
/// <param name="Origin">Where this cloud is reached.</param>
/// <param name="Key">Null: a placeholder stands for it.</param>
/// <param name="Now">Time of the event that the examples report.</param>
public sealed record Snippets(string Origin, string? Key, DateTimeOffset Now)
{
    /// <summary>Where the gem reports unless it is told otherwise.</summary>
    private const string DefaultOrigin = "https://api.eventengine.dev";

    private string Shown => Key ?? "<your key>";

    private string At => Now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private string Event => $$"""{"event_id":"1","event_name":"order.placed","status":"published","latency_ms":42,"timestamp":"{{At}}"}""";

    public string Ruby =>
        $"""
        # config/initializers/event_engine.rb
        EventEngine.configure do |config|
          config.cloud_api_key = "{Shown}"{(Origin == DefaultOrigin ? "" : $"\n  config.cloud_endpoint = \"{Origin}/v1/ingest\"")}
        end
        """;

    public string DotNet =>
        $$"""
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new("Bearer", "{{Shown}}");
        await http.PostAsJsonAsync("{{Origin}}/v1/ingest/events", new
        {
            entries = new[]
            {
                new { event_id = "1", event_name = "order.placed", status = "published", latency_ms = 42, timestamp = TimeProvider.System.GetUtcNow() },
            },
        });
        """;

    public string Curl =>
        $$"""
        curl {{Origin}}/v1/ingest/events \
          -H "Authorization: Bearer {{Shown}}" \
          -H "Content-Type: application/json" \
          -d '{"entries":[{{Event}}]}'
        """;
}
