using System.Net;
using System.Net.Sockets;
using System.Text;

namespace EventEngine.Testing;

/// <summary>A server on loopback that answers each request with whatever bytes a test wants, however it wants.</summary>
public sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ended = new();
    private readonly Func<string, Stream, CancellationToken, Task> _answer;
    private readonly List<string> _requests = [];
    private readonly Task _running;

    /// <param name="answer">Gets the head of the request; the connection is closed when it returns, unless <paramref name="keepsAlive"/>.</param>
    public RawServer(Func<string, Stream, CancellationToken, Task> answer, bool keepsAlive = false)
    {
        _answer = answer;
        _listener.Start();
        _running = AcceptAsync(keepsAlive);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public Uri Address => new($"http://127.0.0.1:{Port}/");

    /// <summary>Heads of the requests that arrived, in their order.</summary>
    public IReadOnlyList<string> Requests
    {
        get
        {
            lock (_requests) return [.. _requests];
        }
    }

    /// <summary>That answers every request so, and says that it closes the connection: else a client may send its next request into the closing.</summary>
    public static RawServer Answering(string status, string body = "", string headers = "") =>
        new((_, stream, ct) => stream.WriteAsync(Encoding.UTF8.GetBytes($"HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n{headers}\r\n{body}"), ct).AsTask());

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _running;
        _listener.Dispose();
        _ended.Dispose();
    }

    private async Task AcceptAsync(bool keepsAlive)
    {
        var open = new List<Task>();
        try
        {
            while (true) open.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_ended.Token), keepsAlive));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(open);
        }
    }

    private async Task ServeAsync(TcpClient client, bool keepsAlive)
    {
        using var connection = client;
        try
        {
            var stream = connection.GetStream();
            do
            {
                if (await ReadHeadAsync(stream) is not { } head) return;
                lock (_requests) _requests.Add(head);
                await _answer(head, stream, _ended.Token);
            }
            while (keepsAlive);
        }
        catch (Exception error) when (error is IOException or OperationCanceledException or SocketException)
        {
            // Whoever asked has gone, or the test has ended.
        }
    }

    private async Task<string?> ReadHeadAsync(Stream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one, _ended.Token) == 0) return null;
            head.Append((char)one[0]);
        }

        var length = head.ToString().Split("\r\n").Where(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase)).Select(line => int.Parse(line[15..])).FirstOrDefault();
        await stream.ReadExactlyAsync(new byte[length], _ended.Token);
        return head.ToString();
    }
}
