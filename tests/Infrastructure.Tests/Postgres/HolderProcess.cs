using System.Diagnostics;

namespace EventEngine.Infrastructure.Tests.Postgres;

/// <summary>Another process of ours that uses a server (Program.cs of this project).</summary>
internal sealed class HolderProcess : IAsyncDisposable
{
    private readonly Process _process;

    private HolderProcess(Process process, string connectionString) => (_process, ConnectionString) = (process, connectionString);

    public string ConnectionString { get; }

    /// <param name="user">Null: whoever runs the tests.</param>
    public static async Task<HolderProcess> StartAsync(string folder, string? user = null)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", typeof(HolderProcess).Assembly.Location, folder])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (user is not null)
            start.UserName = user;
        var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var line = await process.StandardOutput.ReadLineAsync();
        return new HolderProcess(process, line ?? throw new InvalidOperationException(await errors));
    }

    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async Task EndAsync()
    {
        await _process.StandardInput.WriteLineAsync();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }
}
