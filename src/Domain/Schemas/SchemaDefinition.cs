using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace EventEngine.Domain.Schemas;

/// <summary>One version of an event as its app defines it: what db/event_schema.json of the Ruby gem says of it.</summary>
/// <param name="ProcessType">How it is delivered: inline, durable, broker…</param>
/// <param name="Subject">What it is about, a label.</param>
/// <param name="Domain">Where it belongs, a label.</param>
/// <param name="RequiredInputs">What the producer must hand over to emit it; consumers see nothing of inputs.</param>
public sealed record SchemaDefinition(
    string EventName,
    int EventVersion,
    string EventType,
    string? ProcessType,
    string? Subject,
    string? Domain,
    ImmutableArray<string> RequiredInputs,
    ImmutableArray<string> OptionalInputs,
    ImmutableArray<PayloadField> PayloadFields)
{
    /// <summary>As the gem computes it.</summary>
    public string Fingerprint() => SchemaFingerprint.Of(this);

    /// <summary>Tells any two contents apart, also by what the fingerprint leaves out. The order of fields and inputs is no content.</summary>
    public string Digest() => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', Fingerprint(), EventVersion, ProcessType, Subject, Domain))));

    public PayloadField? Field(string name) => PayloadFields.FirstOrDefault(field => field.Name == name);

    public bool Equals(SchemaDefinition? other) => other is not null && Digest() == other.Digest();

    public override int GetHashCode() => Digest().GetHashCode(StringComparison.Ordinal);
}

/// <summary>A field of an event's payload, and where its value is taken from. Fields have no types: a value is stored as it comes.</summary>
/// <param name="From">The input.</param>
/// <param name="Attr">What is read of the input; null: the input itself.</param>
/// <param name="Required">Whether every event has it.</param>
public sealed record PayloadField(string Name, string From, string? Attr, bool Required)
{
    public string Source() => Attr is null ? From : $"{From}.{Attr}";
}
