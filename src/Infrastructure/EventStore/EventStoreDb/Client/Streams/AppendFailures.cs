using EventEngine.Infrastructure.EventStore.EventStoreDb.Client.Grpc;
using EventEngine.Infrastructure.EventStore.EventStoreDb.Client.Protocol;

namespace EventEngine.Infrastructure.EventStore.EventStoreDb.Client.Streams;

/// <summary>What the server says when it refuses one append of many, or answers a plain one with a refusal.</summary>
internal static class AppendFailures
{
    public static EventStoreDbException Of(Status failure)
    {
        var details = failure.Details;
        if (details is null) return new EventStoreDbException((GrpcStatus)failure.Code, failure.Message);
        if (details.TryUnpack<WrongExpectedVersion>(out var wrong)) return Of(wrong);
        if (details.Is(StreamDeleted.Descriptor)) return new StreamTombstonedException();
        if (details.TryUnpack<MaximumAppendSizeExceeded>(out var size)) return new AppendSizeException(size.Limit);
        if (details.Is(AccessDenied.Descriptor)) return new AccessDeniedException(GrpcStatus.PermissionDenied, "The server denied access to the stream.");
        if (details.Is(Protocol.Timeout.Descriptor)) return new DeadlineException("The server could not finish the append in time.");
        if (details.TryUnpack<BadRequest>(out var bad)) return new EventStoreDbException(GrpcStatus.InvalidArgument, bad.Message);
        // Not ready, busy, or between two leaders: the server names no kind.
        if (details.Is(Google.Protobuf.WellKnownTypes.Empty.Descriptor)) return new ServerUnavailableException($"The server could not take the append: {failure.Message}.");
        return new EventStoreDbException(GrpcStatus.Unknown, $"The server refused the append: {failure.Message}");
    }

    public static EventStoreDbException Of(AppendResponse.Types.WrongRevision wrong) => new WrongExpectedRevisionException(wrong switch
    {
        { CurrentCase: AppendResponse.Types.WrongRevision.CurrentOneofCase.CurrentRevision } => (long)wrong.CurrentRevision,
        { EarlyCurrentCase: AppendResponse.Types.WrongRevision.EarlyCurrentOneofCase.EarlyCurrentRevision } => (long)wrong.EarlyCurrentRevision,
        _ => -1,
    });

    // A stream that never was comes as "no stream", or as no answer at all.
    private static WrongExpectedRevisionException Of(WrongExpectedVersion wrong) =>
        new(wrong.CurrentCase == WrongExpectedVersion.CurrentOneofCase.CurrentRevision ? (long)wrong.CurrentRevision : -1);
}
