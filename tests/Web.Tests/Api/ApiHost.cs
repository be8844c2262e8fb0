using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using EventEngine.Application.AccessTokens;
using EventEngine.Application.Apps;
using EventEngine.Application.EventStore;
using EventEngine.Application.Mail;
using EventEngine.Application.Organizations;
using EventEngine.Application.Pipeline;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using EventEngine.Testing;
using EventEngine.Web.Api;
using EventEngine.Web.Tests.Retention;
using MediatR;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace EventEngine.Web.Tests.Api;

/// <summary>The whole host over a real Postgres, with two organizations that must never see each other.</summary>
public sealed class ApiHost : IAsyncLifetime
{
    private TestDatabase? _database;
    private Factory? _factory;

    public TestDatabase Database => _database!;

    public IServiceProvider Services => _factory!.Services;

    public Plan OursPlan { init => Ours = new Tenant("a", value); }

    public Dictionary<string, string> Settings { get; init; } = [];

    public ShiftedClock Clock { get; } = new();

    public Tenant Ours { get; private init; } = new("a", Plan.Enterprise);

    public Tenant Theirs { get; } = new("b", Plan.Enterprise);

    public async Task InitializeAsync()
    {
        _database = await TestPostgres.CreateDatabaseAsync();
        _factory = new Factory(Database.ConnectionString, Settings, Clock);
        foreach (var tenant in new[] { Ours, Theirs }) await ProvisionAsync(tenant);
    }

    public async Task DisposeAsync()
    {
        await _factory!.DisposeAsync();
        await Database.DisposeAsync();
    }

    public HttpClient Client(string? token = null)
    {
        var client = _factory!.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
        if (token is not null) client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    public async Task<JsonNode> GetAsync(string path, HttpStatusCode status = HttpStatusCode.OK, string? token = null)
    {
        using var client = Client(token ?? Ours.Token);
        using var response = await client.GetAsync(path);
        var body = await response.Content.ReadAsStringAsync();
        response.StatusCode.ShouldBe(status, $"{path}: {body}");
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/json", path);
        return JsonNode.Parse(body)!;
    }

    public async Task<T> SendAsync<T>(IRequest<T> request)
    {
        await using var scope = Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request);
    }

    /// <summary>Reports entries as an app does, and waits until every read model knows them.</summary>
    public Task ReportAsync(Tenant tenant, params object[] entries) => ReportAsync(tenant.Key, entries);

    public async Task ReportAsync(ApiKey key, params object[] entries)
    {
        foreach (var chunk in entries.Chunk(1000))
            (await PostAsync(key, "/v1/ingest/events", new { entries = chunk })).ShouldBe(HttpStatusCode.Accepted);
        await CaughtUpAsync();
    }

    public async Task HeartbeatAsync(Tenant tenant, object heartbeat)
    {
        (await PostAsync(tenant.Key, "/v1/ingest/heartbeat", heartbeat)).ShouldBe(HttpStatusCode.OK);
        await CaughtUpAsync();
    }

    public async Task CaughtUpAsync()
    {
        var head = await Services.GetRequiredService<IEventStore>().ReadHeadAsync();
        await Eventually.Becomes(() => SendAsync(new AwaitPosition(head!.Value)));
    }

    public Task IssueTokenAsync(Tenant tenant, string name, string secret, DateTimeOffset? expiresAt = null, params Permission[] scopes) => SendAsync(
        new IssueAccessToken(
            Actor.Operator(tenant.Organization), Guid.NewGuid(), name, new AccessSecret(secret), scopes.Length == 0 ? [Permission.Read] : scopes, expiresAt));

    /// <summary>Those that wait since no mail server is set, the newest first.</summary>
    public Task<IReadOnlyList<WaitingMail>> LettersAsync() => Services.GetRequiredService<IMailStore>().ListWaitingAsync(limit: 500, CancellationToken.None);

    private async Task<HttpStatusCode> PostAsync(ApiKey key, string path, object body)
    {
        using var client = Client(key.Secret);
        var json = System.Text.Json.JsonSerializer.Serialize(body, SnakeCase);
        using var response = await client.PostAsync(path, new StringContent(json, Encoding.UTF8, "application/json"));
        return response.StatusCode;
    }

    private async Task ProvisionAsync(Tenant tenant)
    {
        await SendAsync(new CreateOrganization(tenant.Organization, tenant.Name, tenant.Plan));
        await SendAsync(new RegisterApp(Actor.Operator(tenant.Organization), tenant.App, "Shop", "production"));
        await SendAsync(new IssueApiKey(Actor.Operator(tenant.Organization), Guid.NewGuid(), tenant.App, tenant.Key));
        await IssueTokenAsync(tenant, "tests", tenant.Token);
        await CaughtUpAsync();
    }

    private static readonly System.Text.Json.JsonSerializerOptions SnakeCase = new()
    {
        PropertyNamingPolicy = System.Text.Json.JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
    };

    private sealed class Factory(string connectionString, Dictionary<string, string> settings, TimeProvider clock) : WebApplicationFactory<ApiErrors>
    {
        private readonly string _data = Path.Combine(Path.GetTempPath(), $"eventengine-api-tests-{Guid.NewGuid():N}");

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseSetting("EventEngine:Postgres:ConnectionString", connectionString);
            builder.UseSetting("EventEngine:DataDirectory", _data);
            foreach (var (name, value) in settings) builder.UseSetting(name, value);
            builder.ConfigureTestServices(services => services.AddSingleton(clock));
        }

        protected override void Dispose(bool disposing)
        {
            base.Dispose(disposing);
            if (disposing && Directory.Exists(_data)) Directory.Delete(_data, recursive: true);
        }
    }
}

/// <summary>An organization with one app, its key, and a token that reads everything of it.</summary>
public sealed class Tenant(string digit, Plan plan)
{
    public string Name { get; } = $"Tenant {digit}";

    public Plan Plan { get; } = plan;

    public OrganizationId Organization { get; } = new(Guid.Parse(string.Concat(Enumerable.Repeat(digit, 32))));

    public AppId App { get; } = new(Guid.Parse($"{digit}{new string('1', 31)}"));

    public ApiKey Key { get; } = new($"ee_live_{Guid.NewGuid():N}");

    public string Token { get; } = $"token-{Guid.NewGuid():N}";
}
