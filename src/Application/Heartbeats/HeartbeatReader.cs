using System.Text.Json;
using System.Text.Unicode;
using EventEngine.Application.Schemas;
using EventEngine.Domain.Heartbeats;

namespace EventEngine.Application.Heartbeats;

/// <summary>What a heartbeat says of its app.</summary>
public sealed record Heartbeat(HeartbeatReceived Received, IReadOnlyList<KeyValuePair<string, string>> Fingerprints, DefinitionList Definitions);

/// <summary>The body is no heartbeat; the message says why.</summary>
public sealed class NotAHeartbeatException(string message) : Exception(message);

/// <summary>
/// Reads a heartbeat leniently: nothing in it is required, a long text is cut, and what is not as it should be is left out. That an
/// app is alive is worth knowing, whatever else it says.
/// </summary>
public static class HeartbeatReader
{
    public const int MaxFingerprints = 2_000;

    private const int MaxText = 200, MaxEventName = 200, MaxFingerprint = 128;

    /// <param name="reporterVersion">From the request's header, where the body has none.</param>
    /// <exception cref="NotAHeartbeatException">The body is not a JSON object.</exception>
    public static Heartbeat Read(ReadOnlyMemory<byte> body, DateTimeOffset at, string? reporterVersion)
    {
        if (!Utf8.IsValid(body.Span)) throw new NotAHeartbeatException("The body is not valid UTF-8.");
        try
        {
            using var json = JsonDocument.Parse(body);
            if (json.RootElement.ValueKind != JsonValueKind.Object) throw new NotAHeartbeatException("A heartbeat must be a JSON object.");
            return Read(json.RootElement, at, reporterVersion);
        }
        catch (JsonException error)
        {
            throw new NotAHeartbeatException($"The body is not valid JSON (line {error.LineNumber + 1}, byte {error.BytePositionInLine}).");
        }
    }

    private static Heartbeat Read(JsonElement heartbeat, DateTimeOffset at, string? reporterVersion)
    {
        var received = new HeartbeatReceived(
            at,
            Text(heartbeat, "app_name"),
            Text(heartbeat, "environment"),
            Text(heartbeat, "gem_version") ?? reporterVersion,
            Text(heartbeat, "ruby_version"),
            Text(heartbeat, "rails_version"),
            Seconds(heartbeat, "uptime_seconds"));
        return new Heartbeat(received, [.. Fingerprints(heartbeat).Take(MaxFingerprints)], Definitions(heartbeat));
    }

    private static DefinitionList Definitions(JsonElement heartbeat)
    {
        if (!heartbeat.TryGetProperty("schema_definitions", out var all) || all.ValueKind == JsonValueKind.Null) return new DefinitionList([], []);
        try
        {
            return SchemaDefinitionReader.Read(all);
        }
        catch (NotDefinitionsException invalid)
        {
            return new DefinitionList([], [new RejectedDefinition(0, invalid.Message)]);
        }
    }

    private static IEnumerable<KeyValuePair<string, string>> Fingerprints(JsonElement heartbeat)
    {
        if (!heartbeat.TryGetProperty("schema_fingerprints", out var all) || all.ValueKind != JsonValueKind.Object) yield break;
        foreach (var property in all.EnumerateObject())
        {
            if (NameOf(property) is { Length: > 0 and <= MaxEventName } name && TextOf(property.Value) is { Length: > 0 and <= MaxFingerprint } fingerprint)
                yield return KeyValuePair.Create(name, fingerprint);
        }
    }

    private static string? Text(JsonElement heartbeat, string name)
    {
        var text = heartbeat.TryGetProperty(name, out var value) ? TextOf(value) : null;
        if (text is null || text.Length <= MaxText) return text;
        return text[..(char.IsHighSurrogate(text[MaxText - 1]) ? MaxText - 1 : MaxText)];
    }

    private static long? Seconds(JsonElement heartbeat, string name) =>
        heartbeat.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var seconds)
            && seconds is >= 0 and <= int.MaxValue
            ? (long)seconds
            : null;

    private static string? TextOf(JsonElement value) => value.ValueKind == JsonValueKind.String ? Storable(value.GetString) : null;

    private static string? NameOf(JsonProperty property) => Storable(() => property.Name);

    /// <summary>Null for what Postgres can't keep: NUL, and half a surrogate pair, at which the reader throws.</summary>
    private static string? Storable(Func<string?> read)
    {
        try
        {
            return read() is { } text && !text.Contains('\0') ? text : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
