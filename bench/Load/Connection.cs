using System.Net.Sockets;
using System.Text;

namespace EventEngine.Bench.Load;

/// <summary>One HTTP/1.1 connection that sends prepared bytes and reads the status: as little as a client can do.</summary>
public sealed class Connection(int port) : IDisposable
{
    private readonly byte[] _buffer = new byte[16 * 1024];
    private Socket? _socket;

    public async Task<int> SendAsync(ReadOnlyMemory<byte> request, bool close, CancellationToken ct)
    {
        _socket ??= await ConnectAsync(ct);
        await _socket.SendAsync(request, ct);
        var read = 0;
        int end;
        while ((end = EndOfAnswer(read)) < 0)
        {
            var count = await _socket.ReceiveAsync(_buffer.AsMemory(read), ct);
            if (count == 0) throw new IOException("The server closed the connection before it answered.");
            read += count;
        }

        var status = int.Parse(Encoding.ASCII.GetString(_buffer, 9, 3));
        if (close) Close();
        return status;
    }

    public void Dispose() => Close();

    private void Close()
    {
        _socket?.Dispose();
        _socket = null;
    }

    private async Task<Socket> ConnectAsync(CancellationToken ct)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync("127.0.0.1", port, ct);
        return socket;
    }

    private int EndOfAnswer(int read)
    {
        var head = _buffer.AsSpan(0, read).IndexOf("\r\n\r\n"u8);
        if (head < 0) return -1;
        var length = ContentLength(_buffer.AsSpan(0, head));
        if (length >= 0) return read >= head + 4 + length ? head + 4 + length : -1;
        return _buffer.AsSpan(0, read).EndsWith("0\r\n\r\n"u8) ? read : -1;
    }

    private static int ContentLength(ReadOnlySpan<byte> head)
    {
        var at = head.IndexOf("Content-Length: "u8);
        if (at < 0) return -1;
        var value = head[(at + 16)..];
        var end = value.IndexOf((byte)'\r');
        return int.Parse(end < 0 ? value : value[..end]);
    }
}
