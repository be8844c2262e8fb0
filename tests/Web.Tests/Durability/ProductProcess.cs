using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using EventEngine.Testing;

namespace EventEngine.Web.Tests.Durability;

/// <summary>The product as an operator runs it, in a process of its own with its own embedded Postgres, so that it can be killed.</summary>
public sealed class ProductProcess(string dataDirectory, string? eventStoreDb = null) : IAsyncDisposable
{
    public const string ApiKey = "ee_live_durabilitydurabilitydurabil", Token = "durability-token";
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);
    private readonly int _port = FreePort();
    private Process? _process;
    private string? _app;

    /// <summary>Environment of its own.</summary>
    public Dictionary<string, string> Settings { get; init; } = [];

    /// <summary>What it logs, from warnings on unless the settings ask for more.</summary>
    public ConcurrentQueue<string> Said { get; } = [];

    public HttpClient Http => field ??= new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{_port}"), Timeout = TimeSpan.FromSeconds(10) };

    public async Task StartAsync()
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "EventEngine.Web.dll")])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            Environment =
            {
                ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{_port}",
                ["EventEngine__DataDirectory"] = dataDirectory,
                ["EventEngine__Bootstrap__Organization"] = "Durable",
                ["EventEngine__Bootstrap__App"] = "shop",
                ["EventEngine__Bootstrap__ApiKey"] = ApiKey,
                ["EventEngine__Bootstrap__AccessToken"] = Token,
                ["Serilog__MinimumLevel__Default"] = "Warning",
            },
        };
        if (eventStoreDb is not null)
        {
            start.Environment["EventEngine__EventStore__Provider"] = "EventStoreDB";
            start.Environment["EventEngine__EventStore__ConnectionString"] = eventStoreDb;
        }

        foreach (var (name, value) in Settings) start.Environment[name] = value;
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Said.Enqueue(line.Data ?? "");
        _process.BeginOutputReadLine();
        await Eventually.Becomes(IsReadyAsync, StartTimeout);
    }

    /// <summary>Kills web host, supervisor and Postgres at once, as a power cut would.</summary>
    public async Task KillAsync()
    {
        _process!.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, as a service manager sends it.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> TerminateAsync()
    {
        using (var kill = Process.Start("kill", ["-TERM", $"{_process!.Id}"])) await kill.WaitForExitAsync();
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    /// <summary>What the query API says of the app once every projection stands at the head.</summary>
    public async Task<JsonNode> CaughtUpSummaryAsync()
    {
        JsonNode? summary = null;
        await Eventually.Becomes(async () =>
        {
            if (!await IsReadableAsync()) return false;
            var pipeline = await GetAsync("/api/v1/pipeline");
            if (pipeline["head"] is null || pipeline["projections"]!.AsArray().Any(IsBehind)) return false;
            var app = (await GetAsync("/api/v1/apps"))["apps"]!.AsArray().SingleOrDefault()?["id"]?.GetValue<string>();
            if (app is null) return false;
            summary = await GetAsync($"/api/v1/apps/{app}/summary");
            return true;
        }, StartTimeout);
        return summary!;
    }

    /// <summary>What the query API says of the app now.</summary>
    public async Task<JsonNode> SummaryAsync()
    {
        _app ??= (await GetAsync("/api/v1/apps"))["apps"]!.AsArray().Single()!["id"]!.GetValue<string>();
        return await GetAsync($"/api/v1/apps/{_app}/summary");
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false }) await KillAsync();
        Http.Dispose();
    }

    // Not every store's positions count events.
    private static bool IsBehind(JsonNode? projection) =>
        projection!["lag_events"]?.GetValue<long>() > 0 || projection["lag_seconds"]!.GetValue<double>() > 0;

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task<bool> IsReadyAsync()
    {
        if (_process!.HasExited) throw new InvalidOperationException($"The product stopped with exit code {_process.ExitCode} before it was ready.");
        try
        {
            using var response = await Http.GetAsync("/health/ready");
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    /// <summary>The read models' tables are made at the first start of the projections.</summary>
    private async Task<bool> IsReadableAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/apps");
        request.Headers.Authorization = new("Bearer", Token);
        using var response = await Http.SendAsync(request);
        return response.IsSuccessStatusCode;
    }

    private async Task<JsonNode> GetAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new("Bearer", Token);
        using var response = await Http.SendAsync(request);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<JsonNode>())!;
    }
}
