using EventEngine.Infrastructure.EventStore.EventStoreDb.Client.Grpc;
using EventEngine.Infrastructure.EventStore.EventStoreDb.Client.Streams;

namespace EventEngine.Infrastructure.EventStore.EventStoreDb.Client.Connections;

/// <summary>The node that is spoken to: its channel, what it can do, and the one call on which appends travel.</summary>
internal sealed class Node(NodeEndpoint endpoint, GrpcChannel channel, ConnectionSettings settings) : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private Task<ServerFeatures>? _features;
    private BatchAppendCall? _appends;

    public NodeEndpoint Endpoint => endpoint;

    public GrpcChannel Channel => channel;

    public TimeSpan Deadline => settings.DefaultDeadline;

    public Task<ServerFeatures> FeaturesAsync(CancellationToken ct)
    {
        lock (_lock)
        {
            if (_features is null or { IsFaulted: true }) _features = ServerFeatures.AskAsync(channel, settings.DefaultDeadline);
            return _features.WaitAsync(ct);
        }
    }

    /// <summary>The call that is open, or a new one.</summary>
    public BatchAppendCall Appends(bool deadlineIsDuration)
    {
        lock (_lock)
        {
            if (_appends is null or { HasEnded: true }) _appends = new BatchAppendCall(channel, settings.DefaultDeadline, deadlineIsDuration);
            return _appends;
        }
    }

    /// <summary>Takes no more appends; those on their way are still answered.</summary>
    public void Retire()
    {
        lock (_lock) _appends?.Complete();
    }

    public async ValueTask DisposeAsync()
    {
        BatchAppendCall? appends;
        lock (_lock) (appends, _appends) = (_appends, null);
        if (appends is not null) await appends.DisposeAsync();
    }
}
