using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Dapper;
using EventEngine.Infrastructure.Postgres;
using EventEngine.Testing;
using Npgsql;

namespace EventEngine.Web.Tests.Durability.Chaos;

/// <summary>A web host, two workers and a command that rebuilds again and again, over one Postgres with a small disk.</summary>
internal sealed class ChaosCluster : IAsyncDisposable
{
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(180);
    private readonly SmallDisk _disk;
    private readonly EmbeddedPostgres _postgres;
    private readonly NpgsqlDataSource _database;
    private readonly Dictionary<string, string> _settings;
    private readonly HttpClient _http;

    private ChaosCluster(SmallDisk disk, EmbeddedPostgres postgres)
    {
        (_disk, _postgres) = (disk, postgres);
        _database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(postgres.ConnectionString) { Database = "eventengine", Pooling = false });
        Address = new Uri($"http://127.0.0.1:{FreePort()}");
        _http = new HttpClient { BaseAddress = Address };
        _settings = new Dictionary<string, string>
        {
            ["ASPNETCORE_URLS"] = Address.GetLeftPart(UriPartial.Authority),
            ["EventEngine__DataDirectory"] = disk.Folder,
            ["EventEngine__Projections__InProcess"] = "false",
            ["EventEngine__Bootstrap__Organization"] = "Chaos",
            ["EventEngine__Bootstrap__App"] = "shop",
            ["EventEngine__Bootstrap__ApiKey"] = ProductProcess.ApiKey,
            ["EventEngine__Bootstrap__AccessToken"] = ProductProcess.Token,
            ["Serilog__MinimumLevel__Default"] = "Warning",
        };
        Web = new ChaosProcess("web", "EventEngine.Web.dll", [], _settings);
        Workers = [.. new[] { "worker 1", "worker 2" }.Select(name => new ChaosProcess(name, "eventengine.dll", ["run"], _settings))];
        Rebuild = Command("rebuild", "all");
    }

    public Uri Address { get; }

    public SmallDisk Disk => _disk;

    public ChaosProcess Web { get; }

    public IReadOnlyList<ChaosProcess> Workers { get; }

    public ChaosProcess Rebuild { get; }

    public IEnumerable<ChaosProcess> Hosts => [Web, .. Workers];

    public static async Task<ChaosCluster> StartAsync()
    {
        var cluster = await CreateAsync(SmallDisk.Create());
        try
        {
            foreach (var host in cluster.Hosts) host.Keep();
            await Eventually.Becomes(async () => await cluster.TryGetAsync("/api/v1/apps") is { } apps && apps["apps"]!.AsArray().Count == 1, Patience);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    private static async Task<ChaosCluster> CreateAsync(SmallDisk disk)
    {
        try
        {
            var postgres = await EmbeddedPostgres.StartAsync(new EmbeddedPostgresSettings(Path.Combine(disk.Folder, "postgres")));
            await using (var maintenance = NpgsqlDataSource.Create(postgres.ConnectionString))
            await using (var db = await maintenance.OpenConnectionAsync())
                foreach (var setting in new[] { "max_wal_size = '96MB'", "min_wal_size = '48MB'" }) await db.ExecuteAsync($"alter system set {setting}");
            return new ChaosCluster(disk, postgres);
        }
        catch
        {
            disk.Dispose();
            throw;
        }
    }

    public ChaosProcess Command(params string[] arguments) => new(string.Join(' ', arguments), "eventengine.dll", arguments, _settings);

    /// <summary>SIGKILL to the postmaster; its children notice, and its supervisor starts another.</summary>
    public void KillPostgres()
    {
        var mark = Path.Combine(_disk.Folder, "postgres", "data", "postmaster.pid");
        try
        {
            using var postmaster = System.Diagnostics.Process.GetProcessById(int.Parse(File.ReadLines(mark).First()));
            if (postmaster.ProcessName == "postgres") postmaster.Kill();
        }
        catch (Exception error) when (error is IOException or ArgumentException or FormatException or InvalidOperationException)
        {
            // It is down already.
        }
    }

    /// <summary>Cuts every connection of the product in two.</summary>
    public async Task BreakConnectionsAsync()
    {
        try
        {
            await using var db = await _database.OpenConnectionAsync();
            await db.ExecuteAsync("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()");
        }
        catch (NpgsqlException)
        {
            // It is down already.
        }
    }

    /// <summary>Waits until every projection stands at the head and none has stopped.</summary>
    public async Task<JsonNode> CaughtUpAsync()
    {
        var pipeline = "";
        try
        {
            await Eventually.Becomes(async () =>
            {
                foreach (var host in Hosts) host.Keep();
                var answer = await TryGetAsync("/api/v1/pipeline");
                pipeline = answer?.ToJsonString() ?? pipeline;
                return answer?["projections"]!.AsArray().All(one => (string?)one!["state"] == "running" && one["lag_events"]?.GetValue<long>() == 0) == true;
            }, Patience);
        }
        catch (TimeoutException late)
        {
            throw new TimeoutException($"Not caught up within {Patience}: {pipeline}", late);
        }

        var app = (string)(await TryGetAsync("/api/v1/apps"))!["apps"]![0]!["id"]!;
        return (await TryGetAsync($"/api/v1/apps/{app}/summary"))!;
    }

    public async Task<IReadOnlyList<long>> RowsAsync()
    {
        await using var db = await _database.OpenConnectionAsync();
        return [.. await db.QueryAsync<long>("select event_id::bigint from views.event_entries order by 1")];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in Hosts.Append(Rebuild)) await process.DisposeAsync();
        _http.Dispose();
        await _database.DisposeAsync();
        await _postgres.DisposeAsync();
        _disk.Dispose();
    }

    /// <returns>Null when there is no good answer now.</returns>
    private async Task<JsonNode?> TryGetAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new("Bearer", ProductProcess.Token);
        try
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
            using var answer = await _http.SendAsync(request, patience.Token);
            return answer.IsSuccessStatusCode ? await answer.Content.ReadFromJsonAsync<JsonNode>() : null;
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException or IOException)
        {
            return null;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}
