using EventEngine.Infrastructure.EventStore.EventStoreDb.Client.Protocol;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using ProtocolStatus = EventEngine.Infrastructure.EventStore.EventStoreDb.Client.Protocol.Status;
using Success = EventEngine.Infrastructure.EventStore.EventStoreDb.Client.Protocol.BatchAppendResponse.Types.Success;

namespace EventEngine.Testing.EventStoreDb;

/// <summary>Appends, one a call or many on one, and deletions.</summary>
internal sealed class AppendService(ServerLog log)
{
    public async Task BatchAppendAsync(GrpcExchange exchange, CancellationToken ct)
    {
        var unfinished = new Dictionary<ByteString, BatchAppendRequest>();
        await foreach (var request in exchange.RequestsAsync(BatchAppendRequest.Parser, ct))
        {
            var id = request.CorrelationId.ToByteString();
            if (request.Options is not null) unfinished[id] = request;
            else unfinished[id].Events.AddRange(request.Events);
            if (!request.IsFinal || !unfinished.Remove(id, out var whole)) continue;
            await exchange.RespondAsync(Answer(whole), ct);
        }
    }

    public async Task AppendAsync(GrpcExchange exchange, CancellationToken ct)
    {
        StreamChange? options = null;
        var events = new List<ProposedEvent>();
        await foreach (var request in exchange.RequestsAsync(AppendRequest.Parser, ct))
        {
            if (request.Options is not null) options = request.Options;
            else events.Add(request.Event);
        }

        var (name, expected) = (options!.Stream.Utf8.ToStringUtf8(), Expected(options));
        var outcome = log.Append(name, expected, events);
        if (outcome.Verdict == Verdict.Deleted) throw GrpcRefusalException.StreamDeleted(name);
        if (outcome.Verdict == Verdict.TooLarge) throw GrpcRefusalException.TooLarge();
        await exchange.RespondAsync(
            outcome.Verdict == Verdict.Done ? new AppendResponse { Success = SuccessOf(outcome) } : new AppendResponse { WrongRevision = Wrong(outcome) }, ct);
    }

    public async Task DeleteAsync(GrpcExchange exchange, bool tombstone, CancellationToken ct)
    {
        var options = (await exchange.RequestAsync(DeleteRequest.Parser)).Options;
        var (name, expected) = (options.Stream.Utf8.ToStringUtf8(), Expected(options));
        var outcome = log.Delete(name, expected, tombstone);
        if (outcome.Verdict == Verdict.Deleted) throw GrpcRefusalException.StreamDeleted(name);
        if (outcome.Verdict == Verdict.WrongRevision) throw GrpcRefusalException.WrongExpectedVersion(name, expected, outcome.Revision);
        await exchange.RespondAsync(new DeleteResponse { Position = At(outcome.Position) }, ct);
    }

    private static long Expected(StreamChange options) => options.ExpectedCase switch
    {
        StreamChange.ExpectedOneofCase.NoStream => -1,
        StreamChange.ExpectedOneofCase.Any => -2,
        StreamChange.ExpectedOneofCase.StreamExists => -4,
        _ => (long)options.Revision,
    };

    private static LogPosition At(ulong position) => new() { Commit = position, Prepare = position };

    private static Success SuccessOf(Outcome outcome) => new() { CurrentRevision = (ulong)outcome.Revision, Position = At(outcome.Position) };

    private static AppendResponse.Types.WrongRevision Wrong(Outcome outcome)
    {
        var wrong = new AppendResponse.Types.WrongRevision();
        if (outcome.Revision < 0) wrong.CurrentNoStream = new Empty();
        else wrong.CurrentRevision = (ulong)outcome.Revision;
        return wrong;
    }

    private BatchAppendResponse Answer(BatchAppendRequest request)
    {
        var change = StreamChange.Parser.ParseFrom(request.Options.ToByteArray()); // the same fields, and a deadline
        var outcome = log.Append(change.Stream.Utf8.ToStringUtf8(), Expected(change), request.Events);
        var response = new BatchAppendResponse { CorrelationId = request.CorrelationId, Stream = change.Stream };
        if (outcome.Verdict == Verdict.Done) response.Success = SuccessOf(outcome);
        else response.Failure = Failure(outcome, change);
        return response;
    }

    private static ProtocolStatus Failure(Outcome outcome, StreamChange change) => outcome.Verdict switch
    {
        Verdict.Deleted => Failure(5, new StreamDeleted { Stream = change.Stream }),
        Verdict.TooLarge => Failure(3, new MaximumAppendSizeExceeded { Limit = 1 << 20 }),
        _ => Failure(6, WrongVersion(outcome, change)),
    };

    private static ProtocolStatus Failure(int code, IMessage details) =>
        new() { Code = code, Message = details.Descriptor.Name, Details = Any.Pack(details) };

    private static WrongExpectedVersion WrongVersion(Outcome outcome, StreamChange change)
    {
        var wrong = new WrongExpectedVersion();
        if (outcome.Revision < 0) wrong.CurrentNoStream = new Empty();
        else wrong.CurrentRevision = (ulong)outcome.Revision;
        if (change.ExpectedCase == StreamChange.ExpectedOneofCase.NoStream) wrong.ExpectedNoStream = new Empty();
        else if (change.ExpectedCase == StreamChange.ExpectedOneofCase.StreamExists) wrong.ExpectedStreamExists = new Empty();
        else if (change.ExpectedCase == StreamChange.ExpectedOneofCase.Any) wrong.ExpectedAny = new Empty();
        else wrong.ExpectedRevision = change.Revision;
        return wrong;
    }
}
