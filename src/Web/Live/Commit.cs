using System.Text.Json;
using System.Text.Json.Serialization;
using EventEngine.Application.EventStore;
using EventEngine.Domain.Apps;

namespace EventEngine.Web.Live;

/// <summary>What a projection says on the channel <c>views_committed</c> after each of its commits.</summary>
/// <param name="Apps">Whose rows changed; null: anybody's.</param>
public sealed record Commit(string Projection, StorePosition? Position, IReadOnlyList<AppId>? Apps)
{
    public const string Channel = "views_committed";
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <exception cref="JsonException">The payload is not of the agreed form.</exception>
    public static Commit Parse(string payload)
    {
        var said = JsonSerializer.Deserialize<Payload>(payload, Json) ?? throw new JsonException("An empty payload.");
        StorePosition? position = StorePosition.TryParse(said.Position, out var at) ? at : null;
        return new Commit(said.Projection, position, AppsOf(said.Apps));
    }

    private static List<AppId>? AppsOf(JsonElement apps)
    {
        if (apps.ValueKind != JsonValueKind.Array) return null;
        var ids = new List<AppId>();
        foreach (var element in apps.EnumerateArray())
        {
            if (AppId.TryParse(element.GetString(), out var id)) ids.Add(id);
        }

        return ids;
    }

    private sealed record Payload([property: JsonRequired] string Projection, string? Position, JsonElement Apps);
}
