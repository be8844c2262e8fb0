using EventEngine.Infrastructure.EventStore.EventStoreDb.Client.Grpc;
using EventEngine.Infrastructure.EventStore.EventStoreDb.Client.Protocol;
using Google.Protobuf.WellKnownTypes;

namespace EventEngine.Infrastructure.EventStore.EventStoreDb.Client.Streams;

/// <summary>One append as one message under a correlation id.</summary>
internal static class BatchAppendMessage
{
    public static GrpcFrame Frame(
        Guid correlation, string stream, StreamState expected, IReadOnlyList<EventData> events, TimeSpan deadline, bool deadlineIsDuration)
    {
        var request = new BatchAppendRequest
        {
            CorrelationId = Wire.Id(correlation),
            Options = Options(stream, expected),
            IsFinal = true,
        };
        if (deadlineIsDuration) request.Options.DeadlineIn = Duration.FromTimeSpan(deadline);
        else request.Options.DeadlineAt = Timestamp.FromDateTimeOffset(TimeProvider.System.GetUtcNow() + deadline);
        request.Events.Capacity = events.Count;
        for (var i = 0; i < events.Count; i++) request.Events.Add(Wire.Proposed(events[i]));
        return GrpcFrame.Of(request);
    }

    private static BatchAppendRequest.Types.Options Options(string stream, StreamState expected)
    {
        var options = new BatchAppendRequest.Types.Options { Stream = Wire.Name(stream) };
        if (expected == StreamState.Any) options.Any = Wire.Empty;
        else if (expected == StreamState.NoStream) options.NoStream = Wire.Empty;
        else if (expected == StreamState.StreamExists) options.StreamExists = Wire.Empty;
        else options.Revision = (ulong)expected.Value;
        return options;
    }
}
