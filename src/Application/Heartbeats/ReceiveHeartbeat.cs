using System.Collections.Concurrent;
using EventEngine.Application.EventStore;
using EventEngine.Application.Schemas;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Schemas;
using EventEngine.Domain.Shared;
using MediatR;

namespace EventEngine.Application.Heartbeats;

/// <summary>Notes that an app is alive, and what it says of its schemas that was not known before.</summary>
/// <returns>The definitions that can't be taken: all else was.</returns>
/// <exception cref="NotAHeartbeatException">The body is not a JSON object.</exception>
/// <exception cref="StoreUnavailableException">Try again later.</exception>
public sealed record ReceiveHeartbeat(AppId AppId, ReadOnlyMemory<byte> Body, string CorrelationId, string? ReporterVersion)
    : IRequest<IReadOnlyList<RejectedDefinition>>
{
    internal sealed class Handler(IEventStore store, HeartbeatStreams streams, SchemaReports schemas, TimeProvider time)
        : IRequestHandler<ReceiveHeartbeat, IReadOnlyList<RejectedDefinition>>
    {
        public async Task<IReadOnlyList<RejectedDefinition>> Handle(ReceiveHeartbeat command, CancellationToken cancellationToken)
        {
            var at = time.GetUtcNow();
            var heartbeat = HeartbeatReader.Read(command.Body, at, command.ReporterVersion);
            var about = new FactMetadata(command.CorrelationId, ReporterVersion: command.ReporterVersion);
            await streams.KeepShortAsync(command.AppId, cancellationToken);
            await store.AppendAsync(StreamName.Heartbeats(command.AppId), ExpectedRevision.Any, [heartbeat.Received], about, cancellationToken);
            await schemas.AppendAsync(command.AppId, known => known.See(heartbeat.Fingerprints, at), about, cancellationToken);
            return [.. heartbeat.Definitions.Rejected, .. await DefineAsync(command.AppId, heartbeat, about, cancellationToken)];
        }

        private async Task<IEnumerable<RejectedDefinition>> DefineAsync(AppId app, Heartbeat heartbeat, FactMetadata about, CancellationToken ct)
        {
            try
            {
                var definitions = heartbeat.Definitions.Definitions;
                await schemas.AppendAsync(app, known => known.Report(definitions, DefinitionSource.Heartbeat, heartbeat.Received.At), about, ct);
                return [];
            }
            catch (DomainException refused)
            {
                return [new RejectedDefinition(0, refused.Message)];
            }
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
