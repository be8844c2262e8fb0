using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Google.Protobuf;

namespace EventEngine.Infrastructure.EventStore.EventStoreDb.Client.Grpc;

/// <summary>Calls to one server, over HTTP/2 connections that are shared and kept.</summary>
internal sealed class GrpcChannel(HttpMessageInvoker http, Uri address, AuthenticationHeaderValue? credentials, bool requiresLeader)
{
    public Uri Address => address;

    /// <summary>One message there, one back.</summary>
    public async Task<TResponse> AskAsync<TResponse>(
        string method, GrpcRequest request, MessageParser<TResponse> parser, TimeSpan deadline, CancellationToken ct)
        where TResponse : class, IMessage<TResponse>
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(deadline);
        try
        {
            using var call = await StartAsync(method, request, parser, deadline, patience.Token);
            var answer = await call.ReadAsync(patience.Token)
                ?? throw new EventStoreDbException(GrpcStatus.Internal, $"The server did not answer {method}.");
            await call.ReadAsync(patience.Token);
            return answer;
        }
        catch (OperationCanceledException e) when (!ct.IsCancellationRequested)
        {
            throw new DeadlineException($"{address.Authority} did not answer within {deadline.TotalSeconds} s.", e);
        }
    }

    /// <summary>Returns when the server begins to answer.</summary>
    /// <exception cref="EventStoreDbException">There is no connection, or the server refused.</exception>
    public async Task<GrpcCall<TResponse>> StartAsync<TResponse>(
        string method, GrpcRequest request, MessageParser<TResponse> parser, TimeSpan? deadline, CancellationToken ct)
        where TResponse : class, IMessage<TResponse>
    {
        using var message = MessageTo(method, request, deadline);
        try
        {
            var response = await http.SendAsync(message, ct);
            if (response.StatusCode == HttpStatusCode.OK)
                return new GrpcCall<TResponse>(response, await response.Content.ReadAsStreamAsync(ct), parser);
            response.Dispose();
            throw GrpcErrors.Of(response.StatusCode);
        }
        catch (Exception e) when (!ct.IsCancellationRequested && GrpcErrors.IsOfConnection(e))
        {
            throw GrpcErrors.OfConnection(e);
        }
    }

    private HttpRequestMessage MessageTo(string method, GrpcRequest request, TimeSpan? deadline)
    {
        var message = new HttpRequestMessage(HttpMethod.Post, new Uri(address, method))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = request,
        };
        message.Headers.TE.Add(new TransferCodingWithQualityHeaderValue("trailers"));
        message.Headers.Authorization = credentials;
        if (requiresLeader) message.Headers.Add("requires-leader", "true");
        if (deadline is { } timeout) message.Headers.Add("grpc-timeout", ((long)timeout.TotalMilliseconds).ToString(CultureInfo.InvariantCulture) + "m");
        return message;
    }
}
