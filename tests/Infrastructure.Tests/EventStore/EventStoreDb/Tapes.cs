using System.Text.Json;
using System.Text.Json.Nodes;
using EventEngine.Infrastructure.EventStore.EventStoreDb.Client.Protocol;
using Google.Protobuf;

namespace EventEngine.Infrastructure.Tests.EventStore.EventStoreDb;

/// <summary>What a real EventStoreDB 23.10.6 and its official Node client said to each other.</summary>
internal static class Tapes
{
    private static readonly JsonArray Scenarios = Load();

    public static TheoryData<string> Names => [.. Scenarios.Select(scenario => scenario!["scenario"]!.GetValue<string>())];

    public static Tape Of(string scenario) => new(Scenarios.Single(tape => tape!["scenario"]!.GetValue<string>() == scenario)!);

    private static JsonArray Load()
    {
        var assembly = typeof(Tapes).Assembly;
        using var file = assembly.GetManifestResourceStream(assembly.GetManifestResourceNames().Single(name => name.EndsWith("tapes.json", StringComparison.Ordinal)))!;
        return JsonNode.Parse(file)!["scenarios"]!.AsArray();
    }
}

internal sealed class Tape(JsonNode scenario)
{
    public IReadOnlyList<TapedCall> Calls { get; } = [.. scenario["calls"]!.AsArray().Select(call => new TapedCall(call!))];

    public JsonNode? Result => scenario["result"];

    public string? Error => scenario["error"]?["type"]!.GetValue<string>();

    public int ErrorStatus => scenario["error"]?["code"]?.GetValue<int>() ?? 0;

    public string ErrorMessage => scenario["error"]!["details"]!.GetValue<string>();

    public (string, string)[] Trailers =>
        [.. (scenario["error"]?["trailers"]?.AsObject() ?? []).Where(trailer => trailer.Key.Contains('-') || trailer.Key == "exception")
            .Where(trailer => trailer.Key is not ("content-type" or "content-length")).Select(trailer => (trailer.Key, trailer.Value!.GetValue<string>()))];
}

/// <summary>One call; a message that the recording left out for its size is not among those here.</summary>
internal sealed class TapedCall(JsonNode call)
{
    public string Rpc { get; } = call["rpc"]!.GetValue<string>();

    public string Method => Rpc.Split('/')[^1];

    public IMessage[] Requests => [.. Bytes("requests").Select(bytes => RequestParser.ParseFrom(bytes))];

    public IMessage[] Responses => [.. Bytes("responses").Select(bytes => ResponseParser.ParseFrom(bytes))];

    public MessageParser RequestParser => Method switch
    {
        "BatchAppend" => BatchAppendRequest.Parser,
        "Append" => AppendRequest.Parser,
        "Read" => ReadRequest.Parser,
        _ => DeleteRequest.Parser,
    };

    public MessageParser ResponseParser => Method switch
    {
        "BatchAppend" => BatchAppendResponse.Parser,
        "Append" => AppendResponse.Parser,
        "Read" => ReadResponse.Parser,
        _ => DeleteResponse.Parser,
    };

    public IEnumerable<byte[]> Bytes(string which) =>
        call[which]!.AsArray().Select(text => text!.GetValue<string>()).Where(text => !text.StartsWith('(')).Select(Convert.FromBase64String);
}
