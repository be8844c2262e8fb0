using System.Collections.Concurrent;
using System.Diagnostics;

namespace EventEngine.Projections.Tests.Shared;

/// <summary>The command line as an operator starts it, in a process of its own, to be frozen, woken and killed.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _said = new();

    private WorkerProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => _said.Enqueue(line.Data ?? "");
        process.BeginOutputReadLine();
    }

    /// <summary>What it has written by now.</summary>
    public string Said => string.Join('\n', _said);

    public int Id => _process.Id;

    public static WorkerProcess Start(Pipeline pipeline, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "eventengine.dll"), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            Environment = { ["EventEngine__Postgres__ConnectionString"] = pipeline.ConnectionString },
        };
        return new WorkerProcess(Process.Start(start)!);
    }

    public Task FreezeAsync() => SignalAsync("STOP");

    public Task WakeAsync() => SignalAsync("CONT");

    public Task TerminateAsync() => SignalAsync("TERM");

    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async Task<(int ExitCode, string Output)> EndsAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await _process.WaitForExitAsync(patience.Token);
        return (_process.ExitCode, Said);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) await KillAsync();
        _process.Dispose();
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{Id}"]);
        await kill.WaitForExitAsync();
    }
}
