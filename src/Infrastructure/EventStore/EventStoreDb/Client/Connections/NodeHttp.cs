using System.Net.Http.Headers;
using System.Text;
using EventEngine.Infrastructure.EventStore.EventStoreDb.Client.Grpc;

namespace EventEngine.Infrastructure.EventStore.EventStoreDb.Client.Connections;

/// <summary>The one pool of HTTP/2 connections to all nodes.</summary>
internal sealed class NodeHttp : IDisposable
{
    // Grows by itself where the way is long; a consumer that stops reading holds at most this, a call, in memory.
    private const int Window = 1 << 20;
    private readonly ConnectionSettings _settings;
    private readonly HttpMessageInvoker _http;
    private readonly AuthenticationHeaderValue? _credentials;

    public NodeHttp(ConnectionSettings settings)
    {
        _settings = settings;
        _http = new HttpMessageInvoker(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ConnectTimeout = settings.GossipTimeout,
            EnableMultipleHttp2Connections = true,
            InitialHttp2StreamWindowSize = Window,
            KeepAlivePingDelay = settings.KeepAliveInterval ?? Timeout.InfiniteTimeSpan,
            KeepAlivePingTimeout = settings.KeepAliveTimeout,
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
            PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
            SslOptions = ServerCertificates.Trust(settings),
        });
        if (settings.User is { } user)
            _credentials = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{settings.Password}")));
    }

    public GrpcChannel ChannelTo(NodeEndpoint node) =>
        new(_http, new Uri($"{(_settings.Tls ? "https" : "http")}://{node}"), _credentials, _settings.NodePreference == NodePreference.Leader);

    public void Dispose() => _http.Dispose();
}
