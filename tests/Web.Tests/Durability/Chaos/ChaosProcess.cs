using System.Collections.Concurrent;
using System.Diagnostics;

namespace EventEngine.Web.Tests.Durability.Chaos;

/// <summary>A program of the product that is started again whenever it has died, as a service manager would.</summary>
internal sealed class ChaosProcess(string name, string program, string[] arguments, IReadOnlyDictionary<string, string> settings) : IAsyncDisposable
{
    private const int MostLines = 400;
    private readonly ConcurrentQueue<string> _said = new();
    private Process? _process;
    private bool _killed;

    public string Name => name;

    /// <summary>What it said last before each end that nobody asked for.</summary>
    public List<string> OwnEnds { get; } = [];

    /// <summary>The last lines of what it said.</summary>
    public string Said => string.Join('\n', _said);

    public void Keep()
    {
        if (_process is { HasExited: false }) return;
        if (_process is not null && !_killed) OwnEnds.Add($"exit code {_process.ExitCode}\n{Said}");
        _process?.Dispose();
        _killed = false;
        _process = Start();
    }

    public async Task KillAsync()
    {
        if (_process is not { HasExited: false } running) return;
        _killed = true;
        running.Kill(); // SIGKILL reaches a frozen process as well
        await running.WaitForExitAsync();
    }

    public Task FreezeAsync() => SignalAsync("STOP");

    public Task WakeAsync() => SignalAsync("CONT");

    /// <summary>Asks it to end.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> TerminateAsync()
    {
        await SignalAsync("TERM");
        await _process!.WaitForExitAsync();
        return _process.ExitCode;
    }

    /// <summary>To its end.</summary>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        _process = Start();
        await _process.WaitForExitAsync(ct);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process?.Dispose();
    }

    private Process Start()
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, program), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (key, value) in settings) start.Environment[key] = value;
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private void Hear(string? line)
    {
        if (string.IsNullOrEmpty(line)) return;
        _said.Enqueue(line);
        while (_said.Count > MostLines) _said.TryDequeue(out _);
    }

    private async Task SignalAsync(string signal)
    {
        if (_process is not { HasExited: false }) return;
        using var kill = Process.Start("kill", [$"-{signal}", $"{_process.Id}"]);
        await kill.WaitForExitAsync();
    }
}
