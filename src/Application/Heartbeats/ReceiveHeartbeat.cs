using System.Collections.Concurrent;
using EventEngine.Application.EventStore;
using EventEngine.Application.Schemas;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Shared;
using MediatR;

namespace EventEngine.Application.Heartbeats;

/// <summary>Notes that an app is alive, and which schemas it uses that were not seen before.</summary>
/// <exception cref="NotAHeartbeatException">The body is not a JSON object.</exception>
/// <exception cref="StoreUnavailableException">Try again later.</exception>
public sealed record ReceiveHeartbeat(AppId AppId, ReadOnlyMemory<byte> Body, string CorrelationId, string? ReporterVersion) : IRequest
{
    internal sealed class Handler(IEventStore store, HeartbeatStreams streams, SeenFingerprints fingerprints, TimeProvider time)
        : AsyncRequestHandler<ReceiveHeartbeat>
    {
        protected override async Task Handle(ReceiveHeartbeat command, CancellationToken cancellationToken)
        {
            var at = time.GetUtcNow();
            var heartbeat = HeartbeatReader.Read(command.Body, at, command.ReporterVersion);
            var about = new FactMetadata(command.CorrelationId, ReporterVersion: command.ReporterVersion);
            await streams.KeepShortAsync(command.AppId, cancellationToken);
            await store.AppendAsync(StreamName.Heartbeats(command.AppId), ExpectedRevision.Any, [heartbeat.Received], about, cancellationToken);
            await fingerprints.SeeAsync(command.AppId, heartbeat.Fingerprints, at, about, cancellationToken);
        }
    }
}

/// <summary>Only the last heartbeats of an app are kept; its stream is told so once.</summary>
public sealed class HeartbeatStreams(IEventStore store)
{
    public const long MaxCount = 1_000;

    private readonly ConcurrentDictionary<AppId, bool> _short = new();

    public async Task KeepShortAsync(AppId app, CancellationToken ct)
    {
        if (_short.ContainsKey(app)) return;
        var stream = StreamName.Heartbeats(app);
        var metadata = await store.ReadMetadataAsync(stream, ct);
        if (metadata.MaxCount is null) await store.SetMetadataAsync(stream, metadata with { MaxCount = MaxCount }, ct);
        _short[app] = true;
    }
}
