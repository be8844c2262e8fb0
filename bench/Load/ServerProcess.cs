using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace EventEngine.Bench.Load;

/// <summary>The product itself in a process of its own with a fresh data folder: everything a customer gets is switched on.</summary>
public sealed class ServerProcess : IAsyncDisposable
{
    public const string ApiKey = "ee_live_benchbenchbenchbenchbenchbench01", Token = "bench-token";
    private static int _nextPort = 18_600 + (Environment.ProcessId % 1_000 * 10); // several benches may run
    private readonly bool _ownsData;
    private Process? _web, _worker;

    private ServerProcess(string data, bool ownsData) => (Data, _ownsData) = (data, ownsData);

    public string Data { get; }

    public int Port { get; } = Interlocked.Increment(ref _nextPort);

    public HttpClient Http { get; private set; } = new();

    public string AppId { get; private set; } = "";

    public static async Task<ServerProcess> StartAsync(bool projections = true, string? data = null)
    {
        var server = new ServerProcess(data ?? Directory.CreateTempSubdirectory("eventengine-bench-").FullName, data is null);
        server._web = Start("EventEngine.Web.dll", [], server.Settings(projections));
        server.Http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{server.Port}") };
        server.Http.DefaultRequestHeaders.Authorization = new("Bearer", Token);
        await server.UntilAsync("/health/ready", TimeSpan.FromSeconds(60));
        return server;
    }

    /// <summary>Waits until the bootstrap's app can be read: needs projections.</summary>
    public async Task KnowAppAsync()
    {
        await WaitAsync(async () =>
        {
            using var answer = await Http.GetAsync("/api/v1/apps");
            if (!answer.IsSuccessStatusCode) return false; // the read models' tables are made at the first start of the projections
            var apps = await answer.Content.ReadFromJsonAsync<JsonNode>();
            AppId = apps?["apps"]?.AsArray().FirstOrDefault()?["id"]?.GetValue<string>() ?? "";
            return AppId.Length > 0;
        }, TimeSpan.FromSeconds(30));
        // The key works once its app is projected.
        var corpus = Corpus.Create("/v1/ingest/events", ApiKey, entries: 1);
        using var connection = new Connection(Port);
        await WaitAsync(async () => await connection.SendAsync(corpus.Next(1), close: false, default) == 202, TimeSpan.FromSeconds(30));
    }

    /// <summary>Lets a worker make the bootstrap's app known, and stops it.</summary>
    public async Task ProjectOnceAsync()
    {
        StartWorker();
        await KnowAppAsync();
        await CaughtUpAsync(TimeSpan.FromMinutes(1));
        await StopWorkerAsync();
    }

    public void StartWorker() => _worker = Start("eventengine.dll", ["run"], Settings(projections: false));

    /// <summary>Stops the worker, so that facts may pile up.</summary>
    public async Task StopWorkerAsync()
    {
        if (_worker is null) return;
        await StopAsync(_worker);
        _worker = null;
    }

    /// <summary>Waits until every projection stands at the head, which the server looks at ten times a second.</summary>
    public async Task CaughtUpAsync(TimeSpan atMost)
    {
        await Task.Delay(150);
        await WaitAsync(IsCaughtUpAsync, atMost);
    }

    private async Task<bool> IsCaughtUpAsync()
    {
        var pipeline = await Http.GetFromJsonAsync<JsonNode>("/api/v1/pipeline");
        return pipeline!["projections"]!.AsArray().All(projection => projection!["lag_events"]?.GetValue<long>() == 0);
    }

    /// <summary>Peak resident memory of the web process, MiB.</summary>
    public double PeakMemoryMb() => Status(_web!, "VmHWM");

    public double MemoryMb() => Status(_web!, "VmRSS");

    public double WorkerPeakMemoryMb() => _worker is null ? 0 : Status(_worker, "VmHWM");

    public TimeSpan Cpu()
    {
        _web!.Refresh();
        return _web.TotalProcessorTime;
    }

    public void Kill() => _web!.Kill();

    public async ValueTask DisposeAsync()
    {
        await StopWorkerAsync();
        if (_web is not null) await StopAsync(_web);
        Http.Dispose();
        if (_ownsData) Directory.Delete(Data, recursive: true);
    }

    private static Process Start(string assembly, string[] arguments, Dictionary<string, string> settings)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, UseShellExecute = false };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, assembly));
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        foreach (var (name, value) in settings) start.Environment[name] = value;
        var process = Process.Start(start)!;
        process.OutputDataReceived += static (_, line) =>
        {
            if (line.Data?.Contains("\"Level\":\"Error\"") == true) Console.Error.WriteLine(line.Data);
        };
        process.BeginOutputReadLine();
        return process;
    }

    private static async Task StopAsync(Process process)
    {
        if (!process.HasExited) Process.Start("kill", process.Id.ToString(CultureInfo.InvariantCulture)).WaitForExit();
        await process.WaitForExitAsync();
    }

    private Dictionary<string, string> Settings(bool projections) => new()
    {
        ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{Port}",
        ["EventEngine__DataDirectory"] = Data,
        ["EventEngine__Projections__InProcess"] = projections ? "true" : "false",
        ["EventEngine__Bootstrap__Organization"] = "Bench",
        ["EventEngine__Bootstrap__App"] = "bench",
        ["EventEngine__Bootstrap__ApiKey"] = ApiKey,
        ["EventEngine__Bootstrap__AccessToken"] = Token,
        ["Serilog__MinimumLevel__Default"] = "Warning",
    };

    private Task UntilAsync(string path, TimeSpan atMost) => WaitAsync(async () =>
    {
        try
        {
            using var response = await Http.GetAsync(path);
            return response.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }, atMost);

    private static async Task WaitAsync(Func<Task<bool>> condition, TimeSpan atMost)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(started) > atMost) throw new TimeoutException($"Not within {atMost}.");
            await Task.Delay(20);
        }
    }

    private static double Status(Process process, string field)
    {
        var line = File.ReadLines($"/proc/{process.Id}/status").First(line => line.StartsWith(field, StringComparison.Ordinal));
        return double.Parse(line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }
}
