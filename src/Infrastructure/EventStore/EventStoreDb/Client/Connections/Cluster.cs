using EventEngine.Infrastructure.EventStore.EventStoreDb.Client.Grpc;

namespace EventEngine.Infrastructure.EventStore.EventStoreDb.Client.Connections;

/// <summary>
/// Knows which node to speak to. Those who need one while it is looked for wait together; for a moment after a search in vain, all are told
/// so at once instead of searching again.
/// </summary>
internal sealed class Cluster(ConnectionSettings settings, TimeProvider time) : IAsyncDisposable
{
    private static readonly TimeSpan Respite = TimeSpan.FromMilliseconds(250);
    private readonly NodeHttp _http = new(settings);
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _stop = new();
    private NodeEndpoint[] _known = [.. settings.Hosts];
    private Node? _node;
    private Task<Node>? _search;
    private long _searchedInVainAt;

    /// <exception cref="ServerUnavailableException">None was found.</exception>
    public ValueTask<Node> NodeAsync(CancellationToken ct)
    {
        lock (_lock)
        {
            if (_node is { } node) return ValueTask.FromResult(node);
            if (_search is null || (_search.IsFaulted && time.GetElapsedTime(_searchedInVainAt) > Respite)) _search = Task.Run(SearchAsync);
            return new ValueTask<Node>(_search.WaitAsync(ct));
        }
    }

    /// <summary>The node failed: the next call looks for one anew.</summary>
    public void Forget(Node node)
    {
        lock (_lock)
        {
            if (_node == node) Change(null);
        }
    }

    /// <summary>Another one leads.</summary>
    public void Follow(Node node, NodeEndpoint leader)
    {
        lock (_lock)
        {
            if (_node == node || _node is null) Change(NodeAt(leader));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        Node? node;
        lock (_lock) (node, _node) = (_node, null);
        if (node is not null) await node.DisposeAsync();
        _http.Dispose();
        _stop.Dispose();
    }

    private Node NodeAt(NodeEndpoint endpoint) => new(endpoint, _http.ChannelTo(endpoint), settings);

    private void Change(Node? node)
    {
        _node?.Retire();
        (_node, _search) = (node, null);
    }

    private async Task<Node> SearchAsync()
    {
        try
        {
            var node = NodeAt(settings.AsksForMembers ? await DiscoverAsync() : settings.Hosts[0]);
            lock (_lock) return _node ??= node;
        }
        catch
        {
            _searchedInVainAt = time.GetTimestamp();
            throw;
        }
    }

    private async Task<NodeEndpoint> DiscoverAsync()
    {
        var gossip = new Gossip(_http, settings);
        Exception? last = null;
        for (var attempt = 1; attempt <= settings.MaxDiscoverAttempts; attempt++)
        {
            foreach (var host in _known.Concat(settings.Hosts).Distinct().ToArray())
            {
                try
                {
                    var members = await gossip.AskAsync(host, _stop.Token);
                    _known = [.. Gossip.Known(members)];
                    if (gossip.Choose(members) is { } chosen) return chosen;
                }
                catch (EventStoreDbException e)
                {
                    last = e;
                }
            }

            await Task.Delay(settings.DiscoveryInterval, time, _stop.Token);
        }

        throw new ServerUnavailableException(
            $"No {settings.NodePreference.ToString().ToLowerInvariant()} was found in {settings.MaxDiscoverAttempts} attempts among {string.Join(", ", settings.Hosts)}: "
            + (last?.Message ?? "the nodes answer, but none is fit yet."), last);
    }
}
