using System.Net.Http.Json;
using System.Text.Json.Nodes;
using EventEngine.Testing;
using EventEngine.Web.Tests.Durability;

namespace EventEngine.Web.Tests.Retries;

/// <summary>The server is killed while it retries, and started again.</summary>
public sealed class KilledRetryTests : IDisposable
{
    private const string Email = "olga@durable.example", Password = "a durable password of olga";

    private static readonly int Items = int.TryParse(Environment.GetEnvironmentVariable("EVENTENGINE_BULK_RETRY"), out var items) ? items : 2_000;

    private readonly string _data = Directory.CreateTempSubdirectory("eventengine-retry-kill-").FullName;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task What_was_between_sending_and_answer_is_unconfirmed_the_rest_goes_on_and_nothing_is_sent_twice()
    {
        await using var app = new RetriedApp { Status = id => int.Parse(id) % 10 == 7 ? 409 : 202 };
        await app.StartAsync();
        await using var product = new ProductProcess(_data)
        {
            Settings = new()
            {
                ["EventEngine__Bootstrap__OwnerEmail"] = Email,
                ["EventEngine__Bootstrap__OwnerPassword"] = Password,
                ["EventEngine__Outbound__AllowedNetworks"] = "127.0.0.1/32",
                ["EventEngine__Outbound__PlainHttp"] = "true",
            },
        };
        await product.StartAsync();
        await product.CaughtUpSummaryAsync();
        var shop = await SetUpAsync(product, app);

        var retry = (await SendAsync(product, HttpMethod.Post, $"{shop}/retries", new { filter = new { } }))!["retry_id"]!.GetValue<string>();
        await Eventually.Becomes(() => app.Total >= Items / 3, TimeSpan.FromSeconds(60));
        await product.KillAsync();
        await product.StartAsync();
        JsonNode? row = null;
        await Eventually.Becomes(async () => (row = (await SendAsync(product, HttpMethod.Get, $"{shop}/retries/{retry}"))!["retry"]!)["state"]!.GetValue<string>() == "finished", TimeSpan.FromSeconds(120));

        var counts = row!["counts"]!;
        int Of(string state) => counts[state]!.GetValue<int>();
        Console.WriteLine($"After the kill: {counts.ToJsonString()}");
        (Of("accepted") + Of("refused") + Of("unconfirmed")).ShouldBe(Items);
        Of("unconfirmed").ShouldBeInRange(0, 8);
        app.Received.Values.ShouldAllBe(times => times == 1);
        app.Received.Count.ShouldBeGreaterThanOrEqualTo(Items - Of("unconfirmed"));
        Of("refused").ShouldBeInRange((Items / 10) - Of("unconfirmed"), Items / 10);
    }

    /// <returns>The app's address in the API.</returns>
    private static async Task<string> SetUpAsync(ProductProcess product, RetriedApp app)
    {
        using var signedIn = await product.Http.PostAsJsonAsync("/api/v1/auth/token", new { email = Email, password = Password });
        var token = (await signedIn.Content.ReadFromJsonAsync<JsonNode>())!["access_token"]!.GetValue<string>();
        product.Http.DefaultRequestHeaders.Authorization = new("Bearer", token);
        var shop = $"/api/v1/apps/{(await SendAsync(product, HttpMethod.Get, "/api/v1/apps"))!["apps"]![0]!["id"]!.GetValue<string>()}";
        await SendAsync(product, HttpMethod.Patch, shop, new { callback_url = app.Address.AbsoluteUri });
        using var reporter = new HttpClient { BaseAddress = product.Http.BaseAddress };
        reporter.DefaultRequestHeaders.Authorization = new("Bearer", ProductProcess.ApiKey);
        await DeadLetters.ReportAsync(reporter, Enumerable.Range(0, Items).Select(id => DeadLetters.Died(id)));
        await product.CaughtUpSummaryAsync();
        return shop;
    }

    private static async Task<JsonNode?> SendAsync(ProductProcess product, HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using var answer = await product.Http.SendAsync(request);
        var said = await answer.Content.ReadAsStringAsync();
        if (answer.StatusCode == System.Net.HttpStatusCode.ServiceUnavailable) return JsonNode.Parse("""{"retry":{"state":"not known yet"}}""");
        answer.IsSuccessStatusCode.ShouldBeTrue($"{method} {path}: {said}");
        return said.Length == 0 ? null : JsonNode.Parse(said);
    }
}
