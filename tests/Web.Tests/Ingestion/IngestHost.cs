using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Reflection;
using System.Text;
using Dapper;
using EventEngine.Application.EventStore;
using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using EventEngine.Infrastructure.Ingestion;
using EventEngine.Testing;
using EventEngine.Web.Ingestion;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EventEngine.Web.Tests.Ingestion;

/// <summary>The ingest API alone, on Kestrel and a real Postgres, over a store that can be looked into.</summary>
public sealed class IngestHost : IAsyncLifetime
{
    /// <summary>Shortly after the recordings were made: what is too far in the future does not depend on when the tests run.</summary>
    public static readonly DateTimeOffset Now = new(2026, 11, 20, 23, 21, 0, TimeSpan.Zero);

    private const string ProjectionsAssembly = "eventengine";

    private TestDatabase? _database;
    private WebApplication? _app;

    public TestDatabase Database => _database!;

    public Uri Address => new(_app!.Urls.Single());

    internal MemoryEventStore Store { get; } = new();

    public async Task InitializeAsync()
    {
        _database = await TestPostgres.CreateDatabaseAsync();
        await CreateReadModelsAsync();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddRouting();
        builder.Services.AddSingleton(Database.DataSource);
        builder.Services.AddSingleton<IEventStore>(Store);
        builder.Services.AddSingleton<IStoreHead>(new NoHead());
        builder.Services.AddSingleton<TimeProvider>(new StoppedClock());
        builder.Services.AddApplication();
        builder.Services.AddIngestion();
        builder.Services.AddIngestApi();
        _app = builder.Build();
        _app.MapIngestApi();
        await _app.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _app!.DisposeAsync();
        await Database.DisposeAsync();
    }

    internal async Task<TestReporter> ReporterAsync(Plan plan = Plan.Enterprise, OrganizationId? organization = null)
    {
        var reporter = new TestReporter(this, new AppId(Guid.NewGuid()), organization ?? new OrganizationId(Guid.NewGuid()), $"ee_test_{Guid.NewGuid():N}");
        await using var db = await Database.DataSource.OpenConnectionAsync();
        await db.ExecuteAsync(
            """
            insert into app.api_keys (key_id, app_id, digest, ciphertext) values (gen_random_uuid(), @app, @digest, '');
            insert into views.apps values (@app, @org, 'shop', 'test', now());
            insert into views.organizations values (@org, 'Farm', @org::text, @plan, now()) on conflict do nothing
            """,
            new { app = reporter.App.Value, org = reporter.Organization.Value, digest = new ApiKey(reporter.Key).Digest(), plan = plan.ToString().ToLowerInvariant() });
        return reporter;
    }

    /// <summary>Writes bytes to a socket as they are, and reads until the server closes.</summary>
    internal async Task<string> ExchangeAsync(byte[] request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(Address.Host, Address.Port);
        await client.GetStream().WriteAsync(request);
        using var reader = new StreamReader(client.GetStream(), Encoding.UTF8);
        return await reader.ReadToEndAsync();
    }

    /// <summary>The time of day stands still; timers and durations go on.</summary>
    private sealed class StoppedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now;
    }

    private async Task CreateReadModelsAsync()
    {
        var assembly = Assembly.Load(ProjectionsAssembly);
        await using var db = await Database.DataSource.OpenConnectionAsync();
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.EndsWith(".sql", StringComparison.Ordinal)).OrderBy(name => name.EndsWith(".indexes.sql", StringComparison.Ordinal)))
        {
            using var sql = new StreamReader(assembly.GetManifestResourceStream(name)!);
            await db.ExecuteAsync($"set search_path = views; {await sql.ReadToEndAsync()}");
        }
    }
}

/// <summary>An app with its key.</summary>
internal sealed class TestReporter(IngestHost host, AppId app, OrganizationId organization, string key) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = host.Address };

    public AppId App { get; } = app;

    public OrganizationId Organization { get; } = organization;

    public string Key { get; } = key;

    public Task<HttpResponseMessage> PostAsync(string body, string path = "/v1/ingest/events") => PostAsync(Encoding.UTF8.GetBytes(body), path: path);

    public async Task<HttpResponseMessage> PostAsync(byte[] body, string? encoding = null, string? type = "application/json", string path = "/v1/ingest/events")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        if (type is not null) request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        if (encoding is not null) request.Content.Headers.TryAddWithoutValidation("Content-Encoding", encoding);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Key);
        return await _http.SendAsync(request);
    }

    public void Dispose() => _http.Dispose();
}

internal sealed class NoHead : IStoreHead
{
    public StorePosition? Position => null;

    public TimeSpan LagBehind(StorePosition? checkpoint) => TimeSpan.Zero;
}
