using Google.Protobuf;

namespace EventEngine.Infrastructure.EventStore.EventStoreDb.Client.Grpc;

/// <summary>The answer to a call: messages one after another, then its status. Disposing before the end tells the server to stop.</summary>
internal sealed class GrpcCall<TResponse>(HttpResponseMessage response, Stream stream, MessageParser<TResponse> parser) : IDisposable
    where TResponse : class, IMessage<TResponse>
{
    private readonly GrpcFrameReader _frames = new(stream);

    /// <summary>The next message; null when the call has ended well.</summary>
    /// <exception cref="EventStoreDbException">It has not.</exception>
    public async ValueTask<TResponse?> ReadAsync(CancellationToken ct)
    {
        try
        {
            if (await _frames.ReadAsync(ct) is { } message) return parser.ParseFrom(message.Span);
        }
        catch (Exception e) when (!ct.IsCancellationRequested && GrpcErrors.IsOfConnection(e))
        {
            throw GrpcErrors.OfConnection(e);
        }

        // A call that fails at once says so in its headers: "trailers only".
        var trailers = response.Headers.Contains("grpc-status") ? response.Headers : response.TrailingHeaders;
        return GrpcErrors.Of(trailers) is { } failed ? throw failed : null;
    }

    public void Dispose()
    {
        response.Dispose();
        _frames.Dispose();
    }
}
