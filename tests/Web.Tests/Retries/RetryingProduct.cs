using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using EventEngine.Testing;
using EventEngine.Web.Tests.Durability;
using EventEngine.Web.Tests.Durability.Chaos;

namespace EventEngine.Web.Tests.Retries;

/// <summary>The product in processes of its own, as an operator runs it, and its one app, whose dead letters it is asked to retry.</summary>
internal sealed class RetryingProduct : IAsyncDisposable
{
    private const string Email = "olga@durable.example", Password = "a durable password of olga";
    private readonly string _data = Directory.CreateTempSubdirectory("eventengine-retry-").FullName;
    private readonly List<ChaosProcess> _workers = [];
    private readonly Dictionary<string, string> _settings;
    private string? _shop;

    public RetryingProduct(Dictionary<string, string>? settings = null)
    {
        _settings = new(settings ?? [])
        {
            ["EventEngine__DataDirectory"] = _data,
            ["EventEngine__Bootstrap__OwnerEmail"] = Email,
            ["EventEngine__Bootstrap__OwnerPassword"] = Password,
            ["EventEngine__Outbound__AllowedNetworks"] = "127.0.0.1/32",
            ["EventEngine__Outbound__PlainHttp"] = "true",
        };
        Web = new ProductProcess(_data) { Settings = _settings };
    }

    public ProductProcess Web { get; }

    public RetriedApp App { get; } = new();

    /// <summary>Runs projections and retries in place of the web host.</summary>
    public ChaosProcess StartWorker(string name)
    {
        var worker = new ChaosProcess(name, "eventengine.dll", ["run"], _settings);
        _workers.Add(worker);
        worker.Keep();
        return worker;
    }

    public async Task StartAsync(int deadLetters)
    {
        await App.StartAsync();
        await Web.StartAsync();
        await Web.CaughtUpSummaryAsync();
        using var signedIn = await Web.Http.PostAsJsonAsync("/api/v1/auth/token", new { email = Email, password = Password });
        Web.Http.DefaultRequestHeaders.Authorization = new("Bearer", (await signedIn.Content.ReadFromJsonAsync<JsonNode>())!["access_token"]!.GetValue<string>());
        _shop = $"/api/v1/apps/{(await SendAsync(HttpMethod.Get, "/api/v1/apps"))!["apps"]![0]!["id"]!.GetValue<string>()}";
        await SendAsync(HttpMethod.Patch, _shop, new { callback_url = App.Address.AbsoluteUri });
        using var reporter = new HttpClient { BaseAddress = Web.Http.BaseAddress };
        reporter.DefaultRequestHeaders.Authorization = new("Bearer", ProductProcess.ApiKey);
        await DeadLetters.ReportAsync(reporter, Enumerable.Range(0, deadLetters).Select(id => DeadLetters.Died(id)));
        await Eventually.Becomes(async () => (await Web.CaughtUpSummaryAsync())["totals"]!["dead_lettered"]!.GetValue<int>() == deadLetters); // the head may be a moment old
    }

    public async Task<string> RetryAllAsync() => (await SendAsync(HttpMethod.Post, $"{_shop}/retries", new { filter = new { } }))!["retry_id"]!.GetValue<string>();

    /// <returns>Its counts, once it has ended.</returns>
    public async Task<JsonNode> EndsAsync(string retry, TimeSpan? patience = null)
    {
        JsonNode? row = null;
        await Eventually.Becomes(
            async () => (row = (await SendAsync(HttpMethod.Get, $"{_shop}/retries/{retry}"))?["retry"])?["state"]!.GetValue<string>() == "finished", patience ?? TimeSpan.FromSeconds(60));
        return row!["counts"]!;
    }

    public async Task<IReadOnlyList<string>> EventsAsync(string retry, string state) =>
        [.. (await SendAsync(HttpMethod.Get, $"{_shop}/retries/{retry}/items?state={state}&limit=500"))!["items"]!.AsArray().Select(item => item!["event_id"]!.GetValue<string>())];

    public async ValueTask DisposeAsync()
    {
        foreach (var worker in _workers) await worker.DisposeAsync();
        await Web.DisposeAsync();
        await App.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    /// <returns>Null where there is nothing, or the read models are not there just now.</returns>
    private async Task<JsonNode?> SendAsync(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using var answer = await Web.Http.SendAsync(request);
        var said = await answer.Content.ReadAsStringAsync();
        if (answer.StatusCode == HttpStatusCode.ServiceUnavailable) return null;
        answer.IsSuccessStatusCode.ShouldBeTrue($"{method} {path}: {said}");
        return said.Length == 0 ? null : JsonNode.Parse(said);
    }
}
