using EventEngine.Infrastructure.EventStore.EventStoreDb.Client.Protocol;
using EventEngine.Testing.EventStoreDb;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace EventEngine.Infrastructure.Tests.EventStore.EventStoreDb;

/// <summary>Answers as the real server did on a tape, and keeps what it was asked.</summary>
internal sealed class TapeServer : IAsyncDisposable
{
    private readonly Tape _tape;
    private WebApplication _app = null!;

    private TapeServer(Tape tape) => _tape = tape;

    public string ConnectionString => $"esdb://{new Uri(_app.Urls.Single()).Authority}?tls=false";

    public List<IMessage> Requests { get; } = [];

    public static async Task<TapeServer> StartAsync(Tape tape)
    {
        var server = new TapeServer(tape);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        server._app = builder.Build();
        server._app.Run(http => GrpcExchange.ServeAsync(http, exchange => server.AnswerAsync(http.Request.Path.Value!, exchange)));
        await server._app.StartAsync();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _app.DisposeAsync();
    }

    private Task AnswerAsync(string path, GrpcExchange exchange)
    {
        if (path.EndsWith("GetSupportedMethods", StringComparison.Ordinal)) return exchange.RespondAsync(Features(), default);
        var call = _tape.Calls.First(taped => taped.Rpc == path);
        return call.Method == "BatchAppend" ? AnswerBatchAsync(call, exchange) : AnswerAsync(call, exchange);
    }

    private async Task AnswerAsync(TapedCall call, GrpcExchange exchange)
    {
        await foreach (var message in exchange.MessagesAsync(exchange.Aborted))
        {
            lock (Requests) Requests.Add(call.RequestParser.ParseFrom(message));
        }

        if (_tape.ErrorStatus != 0) throw new GrpcRefusalException(_tape.ErrorStatus, _tape.ErrorMessage, _tape.Trailers);
        foreach (var response in call.Responses) await exchange.RespondAsync(response, exchange.Aborted);
    }

    private async Task AnswerBatchAsync(TapedCall call, GrpcExchange exchange)
    {
        var next = 0;
        await foreach (var request in exchange.RequestsAsync(BatchAppendRequest.Parser, exchange.Aborted))
        {
            lock (Requests) Requests.Add(request);
            var response = (BatchAppendResponse)call.Responses[next++];
            response.CorrelationId = request.CorrelationId;
            await exchange.RespondAsync(response, exchange.Aborted);
        }
    }

    private SupportedMethods Features()
    {
        var methods = _tape.Calls.Any(call => call.Method == "BatchAppend") ? new[] { "batchappend" } : ["append"];
        return new SupportedMethods
        {
            Methods = { methods.Select(method => new SupportedMethod { Method = method, Service = "event_store.client.streams.streams" }) },
        };
    }
}
