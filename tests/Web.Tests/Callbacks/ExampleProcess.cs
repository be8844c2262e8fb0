using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;
using EventEngine.Infrastructure.Shared;
using EventEngine.Testing;

namespace EventEngine.Web.Tests.Callbacks;

/// <summary>An example of the documentation, run as its reader would.</summary>
internal sealed partial class ExampleProcess : IAsyncDisposable
{
    public const string Keys = "ee_live_old";
    private static readonly TimeSpan StartsWithin = TimeSpan.FromSeconds(60);
    private readonly ConcurrentQueue<string> _said = new();
    private readonly Process _process;

    private ExampleProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => _said.Enqueue(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => _said.Enqueue(line.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Address { get; private set; } = "";

    public static string Folder(string example) => Path.Combine(RepositoryFolder.Path!, "docs", "examples", example);

    public static Task<ExampleProcess> AspNetAsync(string key)
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        return StartAsync(key, "callbacks-aspnet", "dotnet", Path.Combine("bin", configuration, "net10.0", "CallbacksExample.dll"), "--urls", "http://127.0.0.1:0");
    }

    public static Task<ExampleProcess> RackAsync(string key) =>
        StartAsync(key, "callbacks-rack", "ruby", "-S", "rackup", "--quiet", "--server", "webrick", "--host", "127.0.0.1", "--port", "0", "config.ru");

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static async Task<ExampleProcess> StartAsync(string key, string example, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = Folder(example), RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["EVENT_ENGINE_CLOUD_KEYS"] = $"{key},{Keys}";
        var running = new ExampleProcess(Start(start));
        await Eventually.Becomes(() => running._process.HasExited || running.Port() is not null, StartsWithin);
        running.Address = $"http://127.0.0.1:{running.Port() ?? throw new InvalidOperationException(string.Join('\n', running._said))}/event_engine";
        return running;
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception missing)
        {
            throw new InvalidOperationException("The Rack example needs Ruby. Install it: sudo apt-get install ruby ruby-rack ruby-webrick", missing);
        }
    }

    private string? Port() => _said.Select(line => Listening().Match(line)).FirstOrDefault(match => match.Success)?.Groups["port"].Value;

    [GeneratedRegex(@"(listening on: http://127\.0\.0\.1:|start: pid=\d+ port=)(?<port>\d+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Listening();
}
