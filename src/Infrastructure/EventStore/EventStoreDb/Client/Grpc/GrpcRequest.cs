using System.Net;
using System.Net.Http.Headers;
using System.Threading.Channels;

namespace EventEngine.Infrastructure.EventStore.EventStoreDb.Client.Grpc;

/// <summary>A request of any number of messages: they go out as they come, until the request is completed.</summary>
internal sealed class GrpcRequest : HttpContent
{
    private static readonly MediaTypeHeaderValue Grpc = new("application/grpc");
    private readonly Channel<GrpcFrame> _frames = Channel.CreateUnbounded<GrpcFrame>(new() { SingleReader = true });

    public GrpcRequest() => Headers.ContentType = Grpc;

    public static GrpcRequest Of(params ReadOnlySpan<GrpcFrame> frames)
    {
        var request = new GrpcRequest();
        foreach (var frame in frames) request.TryWrite(frame);
        request.Complete();
        return request;
    }

    /// <summary>Takes the frame over; false when the request has ended.</summary>
    public bool TryWrite(GrpcFrame frame)
    {
        if (_frames.Writer.TryWrite(frame)) return true;
        frame.Dispose();
        return false;
    }

    public void Complete() => _frames.Writer.TryComplete();

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, default);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        try
        {
            while (await _frames.Reader.WaitToReadAsync(cancellationToken))
            {
                while (_frames.Reader.TryRead(out var frame))
                {
                    using (frame) await stream.WriteAsync(frame.Bytes, cancellationToken);
                }

                await stream.FlushAsync(cancellationToken);
            }
        }
        finally
        {
            Complete();
            while (_frames.Reader.TryRead(out var left)) left.Dispose();
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
