using EventEngine.Application.EventStore;
using System.Text.Json;

namespace EventEngine.Application.Pipeline;

/// <summary>An event that a projection can't apply, as the store has it.</summary>
public sealed record PoisonEvent(StorePosition Position, string Stream, long Revision, string Type, Guid Id)
{
    public static PoisonEvent? Parse(string? json) => json is null ? null : JsonSerializer.Deserialize<PoisonEvent>(json);

    public string ToJson() => JsonSerializer.Serialize(this);

    public override string ToString() => $"{Type}, number {Revision} of {Stream}, at {Position}";
}
