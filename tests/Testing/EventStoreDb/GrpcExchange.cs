using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Google.Protobuf;
using Microsoft.AspNetCore.Http;

namespace EventEngine.Testing.EventStoreDb;

/// <summary>gRPC over a request and its response.</summary>
public sealed class GrpcExchange(HttpContext http)
{
    /// <summary>Hears how many bytes each message had.</summary>
    public Action<int>? Sent { get; set; }

    public CancellationToken Aborted => http.RequestAborted;

    public bool RequiresLeader => http.Request.Headers["requires-leader"] == "true";

    public string? Authorization => http.Request.Headers.Authorization;

    public static async Task ServeAsync(HttpContext http, Func<GrpcExchange, Task> answer)
    {
        http.Response.ContentType = "application/grpc";
        try
        {
            await answer(new GrpcExchange(http));
            End(http, 0, null, []);
        }
        catch (GrpcRefusalException refusal)
        {
            End(http, refusal.Status, refusal.Message, refusal.Trailers);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or BadHttpRequestException)
        {
            http.Abort();
        }
    }

    public IAsyncEnumerable<T> RequestsAsync<T>(MessageParser<T> parser, CancellationToken ct) where T : IMessage<T> =>
        MessagesAsync(ct).Select(message => parser.ParseFrom(message));

    public async IAsyncEnumerable<byte[]> MessagesAsync([EnumeratorCancellation] CancellationToken ct)
    {
        var header = new byte[5];
        while (await http.Request.Body.ReadAtLeastAsync(header, 5, throwOnEndOfStream: false, ct) == 5)
        {
            var message = new byte[BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(1))];
            await http.Request.Body.ReadExactlyAsync(message, ct);
            yield return message;
        }
    }

    public async Task<T> RequestAsync<T>(MessageParser<T> parser) where T : class, IMessage<T>
    {
        await foreach (var request in RequestsAsync(parser, Aborted)) return request;
        throw new GrpcRefusalException(13, "No message came.");
    }

    public async Task RespondAsync(IMessage message, CancellationToken ct)
    {
        var size = message.CalculateSize();
        var frame = new byte[5 + size];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), size);
        message.WriteTo(frame.AsSpan(5));
        await http.Response.Body.WriteAsync(frame, ct);
        Sent?.Invoke(frame.Length);
    }

    // What fails before the first message ends in headers alone.
    private static void End(HttpContext http, int status, string? message, IReadOnlyList<(string Name, string Value)> trailers)
    {
        Action<string, string> say = http.Response.HasStarted || status == 0
            ? (name, value) => http.Response.AppendTrailer(name, value)
            : (name, value) => http.Response.Headers.Append(name, value);
        say("grpc-status", $"{status}");
        if (message is not null) say("grpc-message", Uri.EscapeDataString(message));
        foreach (var (name, value) in trailers) say(name, value);
    }
}
