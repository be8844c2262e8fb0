using System.Text.Json;
using System.Text.Unicode;
using EventEngine.Domain.Schemas;

namespace EventEngine.Application.Schemas;

/// <param name="Index">In the list that was sent, from 0.</param>
public sealed record RejectedDefinition(int Index, string Reason);

/// <summary>A list of definitions: those that can be taken, and why the others can't.</summary>
public sealed record DefinitionList(IReadOnlyList<ReportedDefinition> Definitions, IReadOnlyList<RejectedDefinition> Rejected);

/// <summary>The body is no list of definitions; the message says why.</summary>
public sealed class NotDefinitionsException(string message) : Exception(message);

/// <summary>Reads definitions in the form of the gem's db/event_schema.json: an array with one object per event and version.</summary>
public static class SchemaDefinitionReader
{
    public const int MaxDefinitions = 2_000, MaxFields = 200, MaxInputs = 100, MaxEventName = 200, MaxName = 100;

    /// <exception cref="NotDefinitionsException">The body is no JSON array.</exception>
    public static DefinitionList Read(ReadOnlyMemory<byte> body)
    {
        if (!Utf8.IsValid(body.Span)) throw new NotDefinitionsException("The body is not valid UTF-8.");
        try
        {
            using var json = JsonDocument.Parse(body);
            return Read(json.RootElement);
        }
        catch (JsonException error)
        {
            throw new NotDefinitionsException($"The body is not valid JSON (line {error.LineNumber + 1}, byte {error.BytePositionInLine}).");
        }
    }

    /// <exception cref="NotDefinitionsException">It is no array, or holds more than <see cref="MaxDefinitions"/>.</exception>
    public static DefinitionList Read(JsonElement list)
    {
        if (list.ValueKind != JsonValueKind.Array) throw new NotDefinitionsException("Definitions must be a JSON array, as in db/event_schema.json.");
        if (list.GetArrayLength() > MaxDefinitions) throw new NotDefinitionsException($"At most {MaxDefinitions:N0} definitions can be sent at once.");
        var (taken, rejected) = (new Dictionary<(string, int), ReportedDefinition>(), new List<RejectedDefinition>());
        foreach (var (index, element) in list.EnumerateArray().Index())
        {
            try
            {
                var read = DefinitionFields.Read(element);
                if (!taken.TryAdd((read.Definition.EventName, read.Definition.EventVersion), read))
                    rejected.Add(new RejectedDefinition(index, $"{read.Definition.EventName} v{read.Definition.EventVersion} stands in the list twice"));
            }
            catch (FormatException invalid)
            {
                rejected.Add(new RejectedDefinition(index, invalid.Message));
            }
        }

        return new DefinitionList([.. taken.Values], rejected);
    }
}
