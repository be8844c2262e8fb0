namespace EventEngine.Infrastructure.EventStore.EventStoreDb.Client.Connections;

/// <summary>Which node of a cluster to speak to.</summary>
public enum NodePreference
{
    Leader,
    Follower,
    ReadOnlyReplica,
    Random,
}

/// <summary>Where a node listens. The host is a name or an address without brackets.</summary>
public readonly record struct NodeEndpoint(string Host, int Port)
{
    public override string ToString() => Host.Contains(':') ? $"[{Host}]:{Port}" : $"{Host}:{Port}";
}

/// <summary>What a connection string says.</summary>
public sealed record ConnectionSettings(IReadOnlyList<NodeEndpoint> Hosts)
{
    /// <summary>Ask the hosts who the members of the cluster are. Without it a single host is spoken to as it is.</summary>
    public bool Discover { get; init; }

    public string? User { get; init; }

    public string? Password { get; init; }

    public bool Tls { get; init; } = true;

    public bool TlsVerifyCert { get; init; } = true;

    /// <summary>A PEM file with the authority that signed the nodes' certificates; null: the machine's own authorities.</summary>
    public string? TlsCaFile { get; init; }

    public NodePreference NodePreference { get; init; }

    /// <summary>How long a connection may be silent before it is pinged; null: never.</summary>
    public TimeSpan? KeepAliveInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a ping may take before the connection counts as broken.</summary>
    public TimeSpan KeepAliveTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How many times the hosts are gone through in search of a node, from 1.</summary>
    public int MaxDiscoverAttempts { get; init; } = 10;

    public TimeSpan DiscoveryInterval { get; init; } = TimeSpan.FromMilliseconds(100);

    public TimeSpan GossipTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long an append, a deletion or a question may take.</summary>
    public TimeSpan DefaultDeadline { get; init; } = TimeSpan.FromSeconds(10);

    public bool AsksForMembers => Discover || Hosts.Count > 1;

    /// <summary>Without the password.</summary>
    public override string ToString() =>
        $"{(Discover ? "esdb+discover" : "esdb")}://{(User is null ? "" : Uri.EscapeDataString(User) + "@")}{string.Join(',', Hosts)}?tls={(Tls ? "true" : "false")}";
}
