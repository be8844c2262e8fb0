using EventEngine.Infrastructure.EventStore.EventStoreDb.Client.Grpc;
using EventEngine.Infrastructure.EventStore.EventStoreDb.Client.Protocol;
using Google.Protobuf.WellKnownTypes;

namespace EventEngine.Infrastructure.EventStore.EventStoreDb.Client.Connections;

/// <summary>Asks a node whom it knows, and chooses among them.</summary>
internal sealed class Gossip(NodeHttp http, ConnectionSettings settings)
{
    private const string Read = "/event_store.client.gossip.Gossip/Read";

    public async Task<Members> AskAsync(NodeEndpoint node, CancellationToken ct) =>
        await http.ChannelTo(node).AskAsync(Read, GrpcRequest.Of(GrpcFrame.Of(new Empty())), Members.Parser, settings.GossipTimeout, ct);

    /// <summary>The node to speak to; null when none will do.</summary>
    public NodeEndpoint? Choose(Members members)
    {
        var useful = members.Members_.Where(member => member is { IsAlive: true, Endpoint: not null } && Rank(member.State) < int.MaxValue).ToArray();
        Random.Shared.Shuffle(useful);
        return useful.MinBy(member => Rank(member.State)) is { } best ? EndpointOf(best) : null;
    }

    public static IEnumerable<NodeEndpoint> Known(Members members) =>
        members.Members_.Where(member => member is { IsAlive: true, Endpoint: not null }).Select(EndpointOf);

    private static NodeEndpoint EndpointOf(Member member) => new(member.Endpoint.Address, (int)member.Endpoint.Port);

    // Smaller is better. Only a leader can do what is asked of a leader; other wishes are met as well as they can be.
    private int Rank(Member.Types.State state) => (settings.NodePreference, state) switch
    {
        (NodePreference.Leader, Member.Types.State.Leader) => 0,
        (NodePreference.Leader, _) => int.MaxValue,
        (NodePreference.Follower, Member.Types.State.Follower) => 0,
        (NodePreference.ReadOnlyReplica, Member.Types.State.ReadOnlyReplica or Member.Types.State.ReadOnlyLeaderless) => 0,
        (_, Member.Types.State.Leader or Member.Types.State.Follower) => 1,
        (_, Member.Types.State.ReadOnlyReplica) => settings.NodePreference == NodePreference.Random ? 1 : 2,
        _ => int.MaxValue,
    };
}
