using System.Runtime.CompilerServices;
using EventEngine.Infrastructure.EventStore.EventStoreDb.Client.Connections;
using EventEngine.Infrastructure.EventStore.EventStoreDb.Client.Grpc;
using EventEngine.Infrastructure.EventStore.EventStoreDb.Client.Protocol;
using EventEngine.Infrastructure.EventStore.EventStoreDb.Client.Streams;

namespace EventEngine.Infrastructure.EventStore.EventStoreDb.Client;

/// <summary>
/// Speaks EventStoreDB's gRPC protocol. It keeps one node at a time, follows the leader, and looks for another node when one fails; it does
/// not repeat what may have been done. Safe for any number of callers.
/// </summary>
public sealed class EventStoreDbClient(ConnectionSettings settings, TimeProvider time) : IAsyncDisposable
{
    private const string Read = "/event_store.client.streams.Streams/Read";
    private const int MostMoves = 3;
    private readonly Cluster _cluster = new(settings, time);

    /// <summary>All of the events or none. In one message up to what the server takes, 1 MiB unless it was set otherwise.</summary>
    /// <exception cref="EventStoreDbException">It was refused, or its fate is unknown: see the kinds.</exception>
    public Task<Appended> AppendAsync(string stream, StreamState expected, IReadOnlyList<EventData> events, CancellationToken ct = default) =>
        OnNodeAsync(
            async node =>
            {
                var features = await node.FeaturesAsync(ct);
                return features.BatchAppend
                    ? await node.Appends(features.DeadlineIsDuration).AppendAsync(stream, expected, events, ct)
                    : await PlainAppend.AppendAsync(node, stream, expected, events, ct);
            },
            ct);

    /// <summary>From a revision, inclusive; null: from the start, or from the end backwards. A stream that is not there yields nothing.</summary>
    /// <exception cref="StreamTombstonedException">It was deleted for good.</exception>
    public IAsyncEnumerable<EventRecord> ReadStreamAsync(string stream, bool backwards, long? from, long count, CancellationToken ct = default) =>
        EventsAsync(ReadRequests.OfStream(stream, backwards, from, count), ct);

    /// <summary>Forwards from a place, inclusive, or backwards from it, exclusive; null: from the start, or from the end.</summary>
    public IAsyncEnumerable<EventRecord> ReadAllAsync(bool backwards, LogPlace? from, long count, AllFilter? filter, CancellationToken ct = default) =>
        EventsAsync(ReadRequests.OfAll(backwards, from, count, filter), ct);

    /// <summary>
    /// Everything after a place that a filter lets through, with checkpoints; null: from the start, or from now on. It ends with the
    /// connection: to go on, subscribe again after the last place that it told.
    /// </summary>
    /// <param name="checkpointEvery">How many events are looked at between two checkpoints, from 1.</param>
    public async IAsyncEnumerable<AllMessage> SubscribeToAllAsync(
        LogPlace? after, bool fromEnd, AllFilter filter, uint checkpointEvery, [EnumeratorCancellation] CancellationToken ct = default)
    {
        await foreach (var response in ResponsesAsync(ReadRequests.Subscription(after, fromEnd, filter, checkpointEvery), ct))
        {
            if (response.Event?.Event is { } recorded) yield return new AllMessage.Event(Wire.Record(recorded));
            else if (response.Confirmation is not null) yield return new AllMessage.Confirmed();
            else if (response.Checkpoint is { } place) yield return new AllMessage.Checkpoint(Wire.Place(place));
            else if (response.ContentCase == ReadResponse.ContentOneofCase.CaughtUp) yield return new AllMessage.CaughtUp();
        }
    }

    public Task DeleteAsync(string stream, StreamState expected, bool tombstone, CancellationToken ct = default) =>
        OnNodeAsync(node => Deletion.DeleteAsync(node, stream, expected, tombstone, ct), ct);

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    private async IAsyncEnumerable<EventRecord> EventsAsync(ReadRequest request, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var response in ResponsesAsync(request, ct))
        {
            if (response.Event?.Event is { } recorded) yield return Wire.Record(recorded);
        }
    }

    private async IAsyncEnumerable<ReadResponse> ResponsesAsync(ReadRequest request, [EnumeratorCancellation] CancellationToken ct)
    {
        var (call, response) = await OnNodeAsync(node => BeginAsync(node, request, ct), ct);
        using (call)
        {
            while (response is not null)
            {
                yield return response;
                response = await call.ReadAsync(ct);
            }
        }
    }

    // Refusals come before the first message, so they are met where another node can still be asked.
    private static async Task<(GrpcCall<ReadResponse> Call, ReadResponse? First)> BeginAsync(Node node, ReadRequest request, CancellationToken ct)
    {
        var call = await node.Channel.StartAsync(Read, GrpcRequest.Of(GrpcFrame.Of(request)), ReadResponse.Parser, null, ct);
        try
        {
            return (call, await call.ReadAsync(ct));
        }
        catch
        {
            call.Dispose();
            throw;
        }
    }

    private async Task<T> OnNodeAsync<T>(Func<Node, Task<T>> ask, CancellationToken ct)
    {
        for (var moves = 0; ; moves++)
        {
            var node = await _cluster.NodeAsync(ct);
            try
            {
                return await ask(node);
            }
            catch (NotLeaderException e) when (moves < MostMoves)
            {
                _cluster.Follow(node, new NodeEndpoint(e.Host, e.Port));
            }
            catch (Exception e) when (e is ServerUnavailableException or NotLeaderException)
            {
                _cluster.Forget(node);
                throw;
            }
        }
    }
}
