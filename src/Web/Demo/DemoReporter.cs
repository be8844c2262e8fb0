using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using EventEngine.Domain.Apps;

namespace EventEngine.Web.Demo;

/// <summary>
/// Reports for one simulated app through the public API, as a customer's reporter and build would: history first, then what happens now.
/// </summary>
/// <param name="id">Of the app.</param>
public sealed class DemoReporter(DemoApp app, AppId id, string apiKey, HttpClient http, DateTimeOffset began, TimeProvider time, ILogger log)
{
    private const int BatchSize = 1_000;
    private static readonly TimeSpan HistoryLength = TimeSpan.FromDays(7), FlushInterval = TimeSpan.FromSeconds(1), HeartbeatInterval = TimeSpan.FromSeconds(15);
    private readonly DemoTraffic _traffic = new(app, began);
    private readonly PriorityQueue<DemoEntry, DateTimeOffset> _ahead = new();
    private readonly Lock _aheadLock = new();

    /// <summary>A week of history, newest hour first, so that the charts that people open first fill first.</summary>
    public async Task SeedAsync(CancellationToken ct)
    {
        await DeployAsync(began - HistoryLength, began, ct);
        for (var hour = TimeSpan.Zero; hour < HistoryLength; hour += TimeSpan.FromHours(1))
        {
            var entries = new List<DemoEntry>();
            for (var minute = 1; minute <= 60; minute++) entries.AddRange(_traffic.Minute(MinuteOf(began) - hour - TimeSpan.FromMinutes(minute)));
            Enqueue(entries.Where(entry => entry.At > began));
            foreach (var batch in entries.Where(entry => entry.At <= began).OrderBy(entry => entry.At).Chunk(BatchSize)) await SendAsync(batch, ct);
        }
    }

    public async Task RunAsync(CancellationToken ct)
    {
        var generated = MinuteOf(began);
        var (nextHeartbeat, deployed) = (began, began);
        using var timer = new PeriodicTimer(FlushInterval, time);
        while (await timer.WaitForNextTickAsync(ct))
        {
            var now = time.GetUtcNow();
            for (; generated <= now; generated += TimeSpan.FromMinutes(1)) Enqueue(_traffic.Minute(generated));
            await FlushAsync(now, ct);
            await DeployAsync(deployed, now, ct);
            deployed = now;
            if (now < nextHeartbeat || !app.Alive(now - began)) continue;
            nextHeartbeat = now + HeartbeatInterval;
            await PostAsync("v1/ingest/heartbeat", Heartbeat(now), ct);
        }
    }

    /// <summary>One more than the traffic itself, to be sent when its time has come.</summary>
    public void Report(DemoEntry entry) => Enqueue([entry]);

    private async Task DeployAsync(DateTimeOffset after, DateTimeOffset until, CancellationToken ct)
    {
        foreach (var deploy in DemoDeploys.Of(app, after, until)) await PostAsync($"api/v1/apps/{id}/deploys", deploy, ct);
    }

    private async Task FlushAsync(DateTimeOffset now, CancellationToken ct)
    {
        var due = Due(now);
        if (due.Count > 0) await SendAsync(due, ct);
    }

    private void Enqueue(IEnumerable<DemoEntry> entries)
    {
        lock (_aheadLock)
            foreach (var entry in entries) _ahead.Enqueue(entry, entry.At);
    }

    private List<DemoEntry> Due(DateTimeOffset now)
    {
        var due = new List<DemoEntry>();
        lock (_aheadLock)
            while (due.Count < BatchSize && _ahead.TryPeek(out _, out var at) && at <= now)
                if (_ahead.Dequeue() is var entry && entry.At >= began) due.Add(entry);
        return due;
    }

    private Task SendAsync(IEnumerable<DemoEntry> entries, CancellationToken ct) =>
        PostAsync("v1/ingest/events", new JsonObject { ["entries"] = new JsonArray([.. entries.Select(entry => entry.Json)]) }, ct);

    private JsonObject Heartbeat(DateTimeOffset now) => new()
    {
        ["type"] = "heartbeat",
        ["app_name"] = app.Name,
        ["environment"] = app.Environment,
        ["gem_version"] = "0.1.0",
        ["ruby_version"] = "3.3.6",
        ["rails_version"] = "7.2.2",
        ["uptime_seconds"] = (long)(now - began).TotalSeconds,
        ["schema_fingerprints"] = DemoSchemas.FingerprintsOf(app),
        ["schema_definitions"] = DemoSchemas.DefinitionsOf(app),
    };

    /// <summary>Unlike the Ruby gem, it tries again when asked to: history must arrive whole.</summary>
    private async Task PostAsync(string path, JsonObject body, CancellationToken ct)
    {
        var json = Encoding.UTF8.GetBytes(body.ToJsonString());
        while (true)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(json) };
            request.Content.Headers.ContentType = new("application/json");
            request.Headers.Authorization = new("Bearer", apiKey);
            request.Headers.Add("X-EventEngine-Gem-Version", "0.1.0");
            using var response = await http.SendAsync(request, ct);
            if (response.IsSuccessStatusCode) return;
            if (response.StatusCode is not (HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable or HttpStatusCode.Unauthorized))
                log.LogWarning("The demo's {App} was answered {Status}: {Body}", app.Name, (int)response.StatusCode, await response.Content.ReadAsStringAsync(ct));
            await Task.Delay(response.Headers.RetryAfter?.Delta ?? TimeSpan.FromMilliseconds(500), time, ct);
        }
    }

    private static DateTimeOffset MinuteOf(DateTimeOffset at) => new(at.Ticks - (at.Ticks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
}
