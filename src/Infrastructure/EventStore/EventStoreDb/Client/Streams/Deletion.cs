using EventEngine.Infrastructure.EventStore.EventStoreDb.Client.Connections;
using EventEngine.Infrastructure.EventStore.EventStoreDb.Client.Grpc;
using EventEngine.Infrastructure.EventStore.EventStoreDb.Client.Protocol;

namespace EventEngine.Infrastructure.EventStore.EventStoreDb.Client.Streams;

internal static class Deletion
{
    private const string Delete = "/event_store.client.streams.Streams/Delete", Tombstone = "/event_store.client.streams.Streams/Tombstone";

    public static async Task<bool> DeleteAsync(Node node, string stream, StreamState expected, bool tombstone, CancellationToken ct)
    {
        var request = GrpcRequest.Of(GrpcFrame.Of(new DeleteRequest { Options = Wire.Change(stream, expected) }));
        await node.Channel.AskAsync(tombstone ? Tombstone : Delete, request, DeleteResponse.Parser, node.Deadline, ct);
        return true;
    }
}
