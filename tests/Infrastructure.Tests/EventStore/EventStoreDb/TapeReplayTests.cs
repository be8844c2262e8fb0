using System.Text.Json.Nodes;
using EventEngine.Infrastructure.EventStore.EventStoreDb.Client;
using EventEngine.Infrastructure.EventStore.EventStoreDb.Client.Connections;
using EventEngine.Infrastructure.EventStore.EventStoreDb.Client.Protocol;
using EventEngine.Infrastructure.EventStore.EventStoreDb.Client.Streams;
using Google.Protobuf;

namespace EventEngine.Infrastructure.Tests.EventStore.EventStoreDb;

/// <summary>The client does what each scenario says, against the recorded answers: it asks the same, and comes to the same result.</summary>
public sealed class TapeReplayTests
{
    public static TheoryData<string> Scenarios => Tapes.Names;

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task The_client_asks_what_the_official_one_asks_and_understands_the_answer_as_it_does(string scenario)
    {
        var tape = Tapes.Of(scenario);
        await using var server = await TapeServer.StartAsync(tape);
        await using var client = new EventStoreDbClient(ConnectionString.Parse(server.ConnectionString), TimeProvider.System);

        if (tape.Error is not (null or "stream-not-found"))
        {
            CheckFailure(scenario, tape.Error, await Should.ThrowAsync<EventStoreDbException>(() => DoAsync(client, tape)));
        }
        else
        {
            CheckResult(tape, await DoAsync(client, tape));
        }

        if (tape.Calls[0] is { Requests.Length: > 0, Method: not "Read" } || scenario.StartsWith("read-stream", StringComparison.Ordinal))
        {
            if (tape.Calls.Count == 1) server.Requests.Take(tape.Calls[0].Requests.Length).Select(Essence).ShouldBe(tape.Calls[0].Requests.Select(Essence));
        }
    }

    private static async Task<object?> DoAsync(EventStoreDbClient client, Tape tape) => tape.Calls[0] switch
    {
        { Method: "BatchAppend", Requests: [BatchAppendRequest request, ..] } => await AppendAsync(client, Change(request.Options), request.Events),
        { Method: "Append", Requests: [AppendRequest first, .. var events] } =>
            await AppendAsync(client, first.Options, events.Cast<AppendRequest>().Select(request => request.Event)),
        { Method: "BatchAppend" } => await client.AppendAsync("entries-big_20260115", StreamState.Any, [new EventData(Guid.NewGuid(), "A", new byte[2 << 20], default)]),
        { Method: "Delete", Requests: [DeleteRequest request] } => await DeleteAsync(client, request, tombstone: false),
        { Method: "Tombstone", Requests: [DeleteRequest request] } => await DeleteAsync(client, request, tombstone: true),
        { Requests: [ReadRequest { Options: { ExtentCase: ReadRequest.Types.Options.ExtentOneofCase.Subscription } options }] } =>
            await SubscribeAsync(client, options, tape.Result!.AsArray().Count),
        { Requests: [ReadRequest { Options: var options }] } => await ReadAsync(client, options).ToListAsync(),
        _ => throw new InvalidOperationException("The tape holds a call that this test does not know."),
    };

    private static async Task<object?> AppendAsync(EventStoreDbClient client, StreamChange change, IEnumerable<ProposedEvent> events)
    {
        var data = events.Select(e => new EventData(Guid.Parse(e.Id.Text), e.Properties["type"], e.Data.Memory, e.Metadata.Memory)).ToList();
        if (data.Count == 0) data.Add(new EventData(Guid.NewGuid(), "A", new byte[2 << 20], default));
        return await client.AppendAsync(change.Stream.Utf8.ToStringUtf8(), State(change), data);
    }

    private static async Task<object?> DeleteAsync(EventStoreDbClient client, DeleteRequest request, bool tombstone)
    {
        await client.DeleteAsync(request.Options.Stream.Utf8.ToStringUtf8(), State(request.Options), tombstone);
        return null;
    }

    private static IAsyncEnumerable<EventRecord> ReadAsync(EventStoreDbClient client, ReadRequest.Types.Options options)
    {
        var backwards = options.Direction == ReadRequest.Types.Direction.Backwards;
        if (options.All is not null) return client.ReadAllAsync(backwards, null, (long)options.Count, AllFilter.NoSystemStreams);
        var from = options.Stream.FromCase == ReadRequest.Types.OfStream.FromOneofCase.Revision ? (long?)options.Stream.Revision : null;
        return client.ReadStreamAsync(options.Stream.Stream.Utf8.ToStringUtf8(), backwards, from, (long)options.Count);
    }

    private static async Task<object?> SubscribeAsync(EventStoreDbClient client, ReadRequest.Types.Options options, int most)
    {
        var events = new List<EventRecord>();
        await foreach (var message in client.SubscribeToAllAsync(null, options.All.End is not null, AllFilter.NoSystemStreams, 32))
        {
            if (message is AllMessage.Event { Recorded: var recorded }) events.Add(recorded);
            if (events.Count == most) break;
        }

        return events;
    }

    private static StreamChange Change(BatchAppendRequest.Types.Options options) => StreamChange.Parser.WithDiscardUnknownFields(true).ParseFrom(options.ToByteArray());

    private static StreamState State(StreamChange change) => change.ExpectedCase switch
    {
        StreamChange.ExpectedOneofCase.NoStream => StreamState.NoStream,
        StreamChange.ExpectedOneofCase.Any => StreamState.Any,
        StreamChange.ExpectedOneofCase.StreamExists => StreamState.StreamExists,
        _ => StreamState.Revision((long)change.Revision),
    };

    private static void CheckFailure(string scenario, string error, EventStoreDbException failure)
    {
        switch (error)
        {
            case "wrong-expected-version":
                failure.ShouldBeOfType<WrongExpectedRevisionException>().Actual
                    .ShouldBe(scenario switch { "append-wrong-stream-exists" => -1, "plain-append-wrong-revision" => 2, _ => 4 });
                break;
            case "maximum-append-size-exceeded":
                failure.ShouldBeOfType<AppendSizeException>().Limit.ShouldBe(1 << 20);
                break;
            default:
                failure.ShouldBeOfType<StreamTombstonedException>();
                break;
        }
    }

    private static void CheckResult(Tape tape, object? result)
    {
        if (result is Appended appended && tape.Result!["nextExpectedRevision"] is { } revision)
        {
            appended.Revision.ShouldBe(long.Parse(revision.GetValue<string>()));
            appended.Place.ShouldBe(Place(tape.Result["position"]!));
        }
        else if (result is List<EventRecord> events)
        {
            var expected = tape.Result is JsonArray list ? list.Select(item => item!["event"] ?? item) : [];
            if (tape.Result is JsonObject) events.Single().Data.ToArray().ShouldBe("""{"$maxAge":86400}"""u8.ToArray());
            else events.Select(Seen).ShouldBe(expected.Select(Said));
        }
    }

    private static (string?, string?) Seen(EventRecord e) => (e.Stream, e.Type);

    private static (string?, string?) Said(JsonNode? e) => ((e!["streamId"] ?? e["stream"])?.GetValue<string>(), e["type"]?.GetValue<string>());

    private static LogPlace Place(JsonNode position) =>
        new(ulong.Parse(position["commit"]!.GetValue<string>()), ulong.Parse(position["prepare"]!.GetValue<string>()));

    /// <summary>Without what differs from call to call, or in the two clients' taste: ids of calls, deadlines, the form of ids.</summary>
    private static IMessage Essence(IMessage message)
    {
        var essence = message.Descriptor.Parser.ParseFrom(message.ToByteArray());
        if (essence is BatchAppendRequest batch)
        {
            (batch.CorrelationId, batch.Options.DeadlineAt, batch.Options.DeadlineIn) = (null, null, null);
            foreach (var proposed in batch.Events) Normalize(proposed);
        }
        else if (essence is AppendRequest { Event: { } single })
        {
            Normalize(single);
        }
        else if (essence is ReadRequest read)
        {
            (read.Options.UuidForm, read.Options.Control) = (null, null);
        }

        return essence;
    }

    private static void Normalize(ProposedEvent proposed)
    {
        if (proposed.Id.FormCase == Uuid.FormOneofCase.Text) proposed.Id = Wire(Guid.Parse(proposed.Id.Text));
        var properties = proposed.Properties.OrderBy(pair => pair.Key, StringComparer.Ordinal).ToList();
        proposed.Properties.Clear();
        foreach (var (name, value) in properties) proposed.Properties.Add(name, value);
    }

    private static Uuid Wire(Guid id)
    {
        var bytes = id.ToByteArray(bigEndian: true);
        return new Uuid
        {
            Bits = new Uuid.Types.Bits
            {
                High = System.Buffers.Binary.BinaryPrimitives.ReadInt64BigEndian(bytes),
                Low = System.Buffers.Binary.BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(8)),
            },
        };
    }
}
