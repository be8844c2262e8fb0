using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EventEngine.Application.Apps;
using EventEngine.Application.Entries;
using EventEngine.Application.EventStore;
using EventEngine.Application.Ingestion;
using EventEngine.Application.Organizations;
using EventEngine.Application.Pipeline;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using EventEngine.Testing;
using EventEngine.Web.Api;
using MediatR;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace EventEngine.Web.Tests.Ingestion;

/// <summary>Two whole nodes on one database, with a free plan of 20 events a month and a starter plan of 100 requests a minute.</summary>
public sealed class QuotaHost : IAsyncLifetime
{
    public const int FreeEvents = 20, StarterRequests = 100;

    private TestDatabase? _database;
    private Node[] _nodes = [];

    public TestDatabase Database => _database!;

    public async Task InitializeAsync()
    {
        _database = await TestPostgres.CreateDatabaseAsync();
        _nodes = [new Node(Database.ConnectionString, leads: true), new Node(Database.ConnectionString, leads: false)];
        foreach (var node in _nodes) node.CreateClient().Dispose();
    }

    public async Task DisposeAsync()
    {
        foreach (var node in _nodes) await node.DisposeAsync();
        await Database.DisposeAsync();
    }

    public T Get<T>(int node = 0) where T : notnull => _nodes[node].Services.GetRequiredService<T>();

    public async Task<T> SendAsync<T>(IRequest<T> request)
    {
        await using var scope = _nodes[0].Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request);
    }

    public async Task<OrganizationId> OrganizationAsync(Plan plan, Guid? owner = null)
    {
        var organization = new OrganizationId(Guid.NewGuid());
        await SendAsync(new CreateOrganization(organization, $"Farm {organization}", plan, owner));
        return organization;
    }

    public async Task<AppId> AppAsync(OrganizationId organization)
    {
        var app = new AppId(Guid.NewGuid());
        await SendAsync(new RegisterApp(Actor.Operator(organization), app, "Shop", "production"));
        return app;
    }

    public async Task<(Guid Id, ApiKey Key)> KeyAsync(OrganizationId organization, AppId app)
    {
        var (id, key) = (Guid.NewGuid(), new ApiKey($"ee_live_{Guid.NewGuid():N}"));
        await SendAsync(new IssueApiKey(Actor.Operator(organization), id, app, key));
        await CaughtUpAsync();
        return (id, key);
    }

    public async Task CaughtUpAsync()
    {
        var head = await Get<IEventStore>().ReadHeadAsync();
        await Eventually.Becomes(() => SendAsync(new AwaitPosition(head!.Value)));
    }

    /// <summary>Posts one new event for each id.</summary>
    public async Task<HttpResponseMessage> PostAsync(ApiKey key, IEnumerable<string> ids, int node = 0)
    {
        var at = DateTimeOffset.UtcNow;
        var entries = ids.Select(id => new { event_id = id, event_name = "order_placed", status = "emitted", timestamp = at });
        return await PostAsync(key, JsonSerializer.Serialize(new { entries }), node);
    }

    public async Task<HttpResponseMessage> PostAsync(ApiKey key, string body, int node = 0)
    {
        using var client = _nodes[node].CreateClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key.Secret);
        return await client.PostAsync("/v1/ingest/events", new StringContent(body, Encoding.UTF8, "application/json"));
    }

    public async Task<Ledger> LedgerAsync(OrganizationId organization, AppId app)
    {
        foreach (var node in _nodes) await node.Services.GetRequiredService<RefusedEntries>().FlushAsync(before: null, CancellationToken.None);
        await CaughtUpAsync();
        return (await SendAsync(new GetAppSummary(organization, app))).Value.Ledger;
    }

    public static async Task<JsonNode> JsonAsync(HttpResponseMessage response) => JsonNode.Parse(await response.Content.ReadAsStringAsync())!;

    private sealed class Node(string connectionString, bool leads) : WebApplicationFactory<ApiErrors>
    {
        private readonly string _data = Path.Combine(Path.GetTempPath(), $"eventengine-quota-tests-{Guid.NewGuid():N}");

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseSetting("EventEngine:Postgres:ConnectionString", connectionString);
            builder.UseSetting("EventEngine:DataDirectory", _data);
            builder.UseSetting("EventEngine:Projections:InProcess", leads.ToString());
            builder.UseSetting("EventEngine:Plans:Free:EventsPerMonth", FreeEvents.ToString());
            builder.UseSetting("EventEngine:Plans:Free:RequestsPerMinute", "100000");
            builder.UseSetting("EventEngine:Plans:Free:Apps", "5");
            builder.UseSetting("EventEngine:Plans:Starter:RequestsPerMinute", StarterRequests.ToString());
        }

        protected override void Dispose(bool disposing)
        {
            base.Dispose(disposing);
            if (disposing && Directory.Exists(_data)) Directory.Delete(_data, recursive: true);
        }
    }
}

[CollectionDefinition(nameof(QuotaHost))]
public sealed class QuotaHostCollection : ICollectionFixture<QuotaHost>;
