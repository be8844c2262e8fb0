using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace EventEngine.Web.Tests.Mail;

/// <summary>Speaks as much SMTP as a client needs, and keeps what it was sent, line by line.</summary>
public sealed class FakeMailServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public FakeMailServer()
    {
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>What it answers to RCPT TO.</summary>
    public string Verdict { get; set; } = "250 OK";

    public ConcurrentQueue<IReadOnlyList<string>> Received { get; } = new();

    public ConcurrentQueue<string> Recipients { get; } = new();

    public IReadOnlyList<SentMail> SentTo(string address) => [.. Received.Select(SentMail.Parse).Where(mail => mail.To == address)];

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = ConverseAsync(await _listener.AcceptTcpClientAsync());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task ConverseAsync(TcpClient client)
    {
        using var held = client;
        using var reader = new StreamReader(client.GetStream(), Encoding.UTF8);
        await using var writer = new StreamWriter(client.GetStream(), new UTF8Encoding(false)) { NewLine = "\r\n", AutoFlush = true };
        await writer.WriteLineAsync("220 fake");
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("RCPT TO", StringComparison.OrdinalIgnoreCase)) Recipients.Enqueue(line);
            await writer.WriteLineAsync(await AnswerAsync(line, reader, writer));
        }
    }

    private async Task<string> AnswerAsync(string line, StreamReader reader, StreamWriter writer)
    {
        if (line.StartsWith("RCPT TO", StringComparison.OrdinalIgnoreCase)) return Verdict;
        if (!line.Equals("DATA", StringComparison.OrdinalIgnoreCase)) return "250 OK";
        await writer.WriteLineAsync("354 go on");
        var lines = new List<string>();
        while (await reader.ReadLineAsync() is { } part && part != ".") lines.Add(part);
        Received.Enqueue(lines);
        return "250 OK";
    }
}
