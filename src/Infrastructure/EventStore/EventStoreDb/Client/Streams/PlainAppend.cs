using EventEngine.Infrastructure.EventStore.EventStoreDb.Client.Connections;
using EventEngine.Infrastructure.EventStore.EventStoreDb.Client.Grpc;
using EventEngine.Infrastructure.EventStore.EventStoreDb.Client.Protocol;

namespace EventEngine.Infrastructure.EventStore.EventStoreDb.Client.Streams;

/// <summary>An append as a call of its own, for servers that don't take batches.</summary>
internal static class PlainAppend
{
    private const string Method = "/event_store.client.streams.Streams/Append";

    public static async Task<Appended> AppendAsync(
        Node node, string stream, StreamState expected, IReadOnlyList<EventData> events, CancellationToken ct)
    {
        var request = new GrpcRequest();
        request.TryWrite(GrpcFrame.Of(new AppendRequest { Options = Wire.Change(stream, expected) }));
        for (var i = 0; i < events.Count; i++) request.TryWrite(GrpcFrame.Of(new AppendRequest { Event = Wire.Proposed(events[i]) }));
        request.Complete();
        var response = await node.Channel.AskAsync(Method, request, AppendResponse.Parser, node.Deadline, ct);
        return response.ResultCase == AppendResponse.ResultOneofCase.Success
            ? Wire.Appended(response.Success)
            : throw AppendFailures.Of(response.WrongRevision ?? new AppendResponse.Types.WrongRevision());
    }
}
