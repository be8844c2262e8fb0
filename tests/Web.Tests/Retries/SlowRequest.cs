using System.Net.Sockets;
using System.Text;
using EventEngine.Web.Tests.Durability;

namespace EventEngine.Web.Tests.Retries;

/// <summary>A batch whose body never comes, until its sender hangs up.</summary>
internal sealed class SlowRequest : IDisposable
{
    private readonly TcpClient _client;

    public SlowRequest(Uri server)
    {
        _client = new TcpClient(server.Host, server.Port);
        _client.GetStream().Write(Encoding.ASCII.GetBytes(
            $"POST /v1/ingest/events HTTP/1.1\r\nHost: {server.Authority}\r\nAuthorization: Bearer {ProductProcess.ApiKey}\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{{"));
    }

    public void Dispose() => _client.Dispose();
}
