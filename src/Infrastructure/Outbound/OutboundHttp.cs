using System.Net;

namespace EventEngine.Infrastructure.Outbound;

/// <summary>
/// The one way of requests to addresses that customers enter. Where they lead is judged when a connection is made; no redirect, proxy,
/// cookie or compression; five seconds for all of it, and as many bytes as the caller takes.
/// </summary>
public sealed class OutboundHttp : IDisposable
{
    public static readonly TimeSpan Whole = TimeSpan.FromSeconds(5);
    internal static readonly TimeSpan Connecting = TimeSpan.FromSeconds(3);

    private const int HeaderKiB = 16, MostDrained = 64 << 10;
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(15), Lifetime = TimeSpan.FromMinutes(2);
    private readonly HttpMessageInvoker _http;
    private readonly TimeProvider _time;

    internal OutboundHttp(OutboundConnector connector, TimeProvider time)
    {
        _time = time;
        _http = new HttpMessageInvoker(new SocketsHttpHandler
        {
            ActivityHeadersPropagator = null, // its spans carry whole addresses
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectCallback = connector.ConnectAsync,
            ConnectTimeout = Connecting,
            MaxResponseDrainSize = MostDrained,
            MaxResponseHeadersLength = HeaderKiB,
            PooledConnectionIdleTimeout = Idle,
            PooledConnectionLifetime = Lifetime, // a name that moved is looked up anew
            ResponseDrainTimeout = TimeSpan.FromSeconds(1),
            UseCookies = false,
            UseProxy = false,
        });
    }

    /// <param name="request">Give a POST a body, however small: without one the handler would send it again over a new connection when a kept one breaks.</param>
    /// <param name="take">How many bytes are read of an answer of that status; what is longer is too large, and 0 reads nothing.</param>
    public async Task<OutboundAnswer> SendAsync(HttpRequestMessage request, Func<HttpStatusCode, int> take, CancellationToken ct)
    {
        var host = request.RequestUri!.IdnHost;
        using var span = OutboundTraces.Request(request.Method, host);
        using var limit = new CancellationTokenSource(Whole, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        HttpStatusCode? status = null;
        try
        {
            using var response = await _http.SendAsync(request, both.Token);
            status = response.StatusCode;
            var atMost = take(response.StatusCode);
            var body = await OutboundBody.ReadAsync(response.Content, atMost, both.Token);
            return span.End(body is null
                ? new OutboundAnswer(OutboundOutcome.TooLarge, status, default, $"{host} answered more than {atMost >> 10:N0} KiB.")
                : new OutboundAnswer(OutboundOutcome.Answered, status, body.Value, null));
        }
        catch (Exception error) when (!ct.IsCancellationRequested && OutboundFailure.IsOne(error))
        {
            return span.End(OutboundFailure.Of(error, host, status));
        }
    }

    public void Dispose() => _http.Dispose();
}
