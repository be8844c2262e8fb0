using System.Diagnostics;
using System.Net.Sockets;

namespace EventEngine.Bench.Baselines;

/// <summary>The parse-only endpoint in a process of its own, as the product is in its own.</summary>
public sealed class ParseOnlyProcess : IDisposable
{
    private readonly Process _process;

    private ParseOnlyProcess(int port, Process process) => (Port, _process) = (port, process);

    public int Port { get; }

    public static ParseOnlyProcess Start()
    {
        const int ServerPort = 18_599;
        var start = new ProcessStartInfo("dotnet", [typeof(ParseOnlyProcess).Assembly.Location, "parse-only", $"{ServerPort}"]) { UseShellExecute = false };
        var process = new ParseOnlyProcess(ServerPort, Process.Start(start)!);
        while (!Answers(ServerPort)) Thread.Sleep(50);
        return process;
    }

    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
    }

    private static bool Answers(int port)
    {
        try
        {
            using var client = new TcpClient("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
