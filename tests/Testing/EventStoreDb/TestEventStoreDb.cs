using System.Security.Cryptography.X509Certificates;
using EventEngine.Infrastructure.EventStore.EventStoreDb.Client.Protocol;
using Google.Protobuf.WellKnownTypes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace EventEngine.Testing.EventStoreDb;

/// <summary>
/// A small EventStoreDB in this process: the streams, gossip and server features services over HTTP/2. It can be killed and
/// started again on its port with what it held, as a server with a disk would.
/// </summary>
public sealed class TestEventStoreDb : IAsyncDisposable
{
    private readonly ServerLog _log = new();
    private readonly ReadService _reads;
    private readonly AppendService _appends;
    private readonly X509Certificate2? _certificate;
    private WebApplication? _app;
    private long _bytesSent;

    private TestEventStoreDb(X509Certificate2? certificate) => (_reads, _appends, _certificate) = (new ReadService(_log), new AppendService(_log), certificate);

    public int Port { get; private set; }

    public string ConnectionString => $"esdb://127.0.0.1:{Port}?tls=false";

    /// <summary>Whom it leaves to lead; null: itself.</summary>
    public TestEventStoreDb? Leader { get; set; }

    /// <summary>The other members of its cluster.</summary>
    public IReadOnlyList<TestEventStoreDb> Others { get; set; } = [];

    public bool TakesBatches { get; set; } = true;

    /// <summary>The only credentials it knows, as user:password; null: it asks for none.</summary>
    public string? Credentials { get; set; }

    /// <summary>That have left, or wait to leave where a client does not take them.</summary>
    public long BytesSent => Interlocked.Read(ref _bytesSent);

    /// <param name="certificate">Null: without TLS.</param>
    public static async Task<TestEventStoreDb> StartAsync(X509Certificate2? certificate = null)
    {
        var server = new TestEventStoreDb(certificate);
        await server.StartAgainAsync();
        return server;
    }

    public async Task StartAgainAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Listen(System.Net.IPAddress.Loopback, Port, listen =>
            {
                listen.Protocols = HttpProtocols.Http2;
                if (_certificate is not null) listen.UseHttps(_certificate);
            });
        });
        var app = builder.Build();
        app.Run(http => GrpcExchange.ServeAsync(http, exchange => AnswerAsync(http.Request.Path, exchange, app.Lifetime.ApplicationStopping)));
        await app.StartAsync();
        Port = new Uri(app.Urls.Single()).Port;
        _app = app;
    }

    /// <summary>Breaks all connections; what was asked and not answered may have been done or not.</summary>
    public async Task KillAsync()
    {
        if (_app is null) return;
        await _app.StopAsync(new CancellationToken(canceled: true)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _app.DisposeAsync();
        _app = null;
    }

    public async ValueTask DisposeAsync() => await KillAsync();

    private async Task AnswerAsync(PathString path, GrpcExchange exchange, CancellationToken stopping)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(exchange.Aborted, stopping);
        exchange.Sent = bytes => Interlocked.Add(ref _bytesSent, bytes);
        if (Credentials is { } known && exchange.Authorization != "Basic " + Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(known))) throw GrpcRefusalException.AccessDenied();
        var isOfStreams = path.StartsWithSegments("/event_store.client.streams.Streams");
        if (isOfStreams && exchange.RequiresLeader && Leader is { } leader) throw GrpcRefusalException.NotLeader("127.0.0.1", leader.Port);
        await (path.Value?.Split('/')[^1] switch
        {
            "Append" => _appends.AppendAsync(exchange, end.Token),
            "BatchAppend" when TakesBatches => _appends.BatchAppendAsync(exchange, end.Token),
            "Delete" => _appends.DeleteAsync(exchange, tombstone: false, end.Token),
            "Tombstone" => _appends.DeleteAsync(exchange, tombstone: true, end.Token),
            "Read" when isOfStreams => _reads.AnswerAsync(exchange, end.Token),
            "Read" => exchange.RespondAsync(Gossip(), end.Token),
            "GetSupportedMethods" => exchange.RespondAsync(Features(), end.Token),
            _ => throw new GrpcRefusalException(12, "Service is unimplemented."),
        });
    }

    private Members Gossip()
    {
        var members = new Members();
        foreach (var node in Others.Prepend(this))
        {
            members.Members_.Add(new Member
            {
                Instance = Ids.Of(Guid.NewGuid(), asText: false),
                TimeStamp = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds(),
                State = (Leader ?? this) == node ? Member.Types.State.Leader : Member.Types.State.Follower,
                IsAlive = node._app is not null,
                Endpoint = new Infrastructure.EventStore.EventStoreDb.Client.Protocol.Endpoint { Address = "127.0.0.1", Port = (uint)node.Port },
            });
        }

        return members;
    }

    private SupportedMethods Features()
    {
        var supported = new SupportedMethods { ServerVersion = "23.10.6" };
        string[] methods = TakesBatches ? ["append", "batchappend", "delete", "read", "tombstone"] : ["append", "delete", "read", "tombstone"];
        foreach (var method in methods)
        {
            var features = method switch { "batchappend" => ["deadline_duration"], "read" => ["position", "events"], _ => Array.Empty<string>() };
            supported.Methods.Add(new SupportedMethod { Method = method, Service = "event_store.client.streams.streams", Features = { features } });
        }

        return supported;
    }
}
