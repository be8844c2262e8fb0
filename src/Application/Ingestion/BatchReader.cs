using System.Text.Json;
using System.Text.Unicode;

namespace EventEngine.Application.Ingestion;

/// <summary>
/// Reads the body of a request and writes the fact of each entry. What it accepts every projection can apply:
/// an entry that is not as it should be becomes an <c>EntryRejected</c>, and its neighbours are kept.
/// </summary>
public static class BatchReader
{
    public const int MaxEntries = 1_000;

    private const int MaxDepth = 64, FactOverhead = 512;
    private const string TooDeep = "nested deeper than 64 levels";

    /// <param name="body">UTF-8 JSON, at most 1 MiB.</param>
    /// <param name="receivedAt">Times beyond 24 hours after it are rejected.</param>
    /// <param name="names">The event names the app has used; null: any number is fine.</param>
    /// <exception cref="NotABatchException">The body is not JSON, or not a batch.</exception>
    /// <exception cref="TooManyEntriesException">More than <see cref="MaxEntries"/>.</exception>
    public static Batch Read(ReadOnlySpan<byte> body, DateTimeOffset receivedAt, EventNames? names = null)
    {
        if (body.StartsWith("\uFEFF"u8)) body = body[3..];
        var batch = new Batch(body.Length + (body.Length / 4) + FactOverhead, receivedAt);
        try
        {
            ReadBody(body, batch, names);
            return batch;
        }
        catch (JsonException error)
        {
            batch.Dispose();
            throw new NotABatchException($"The body is not valid JSON (line {error.LineNumber + 1}, byte {error.BytePositionInLine}).");
        }
        catch
        {
            batch.Dispose();
            throw;
        }
    }

    private static void ReadBody(ReadOnlySpan<byte> body, Batch batch, EventNames? names)
    {
        // Depth is judged entry by entry, so the reader itself must not give up on the whole body.
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = Math.Max(body.Length, 1) });
        var writer = new EntryWriter(body, batch.ReceivedAt, names);
        var found = false;
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject) throw new NotABatchException("""The body must be {"entries":[…]}.""");
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var isEntries = EntryFields.IsNamed(ref reader, "entries"u8);
            reader.Read();
            if (isEntries) ReadEntries(ref reader, ref writer, body, batch);
            else if (!TrySkip(ref reader)) throw new NotABatchException($"The body is {TooDeep}.");
            found |= isEntries;
        }

        while (reader.Read())
        {
        }

        if (!found) throw new NotABatchException("""The body must be {"entries":[…]}: entries is missing.""");
    }

    private static void ReadEntries(ref Utf8JsonReader reader, ref EntryWriter writer, ReadOnlySpan<byte> body, Batch batch)
    {
        if (reader.TokenType != JsonTokenType.StartArray) throw new NotABatchException("entries must be an array.");
        batch.Clear();
        var slots = new EntrySlots();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (batch.Count == MaxEntries) throw new TooManyEntriesException();
            var start = (int)reader.TokenStartIndex;
            var defect = ReadEntry(ref reader, ref slots);
            var length = (int)reader.BytesConsumed - start;
            if (!Utf8.IsValid(body.Slice(start, length)))
            {
                slots.Clear();
                defect ??= "not valid UTF-8";
            }

            ref var json = ref batch.Json;
            json.Reserve(length + FactOverhead);
            var factStart = json.Length;
            defect ??= writer.WriteReported(ref json, slots);
            if (defect is not null)
            {
                json.CutBackTo(factStart);
                writer.WriteRejected(ref json, batch.Count, defect, slots);
            }

            batch.Add(factStart, defect);
        }
    }

    /// <returns>Why the entry can't be used; null when its fields can be judged.</returns>
    private static string? ReadEntry(ref Utf8JsonReader reader, ref EntrySlots slots)
    {
        slots.Clear();
        if (reader.TokenType != JsonTokenType.StartObject) return TrySkip(ref reader) ? "an entry must be an object" : TooDeep;
        string? defect = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var field = EntryFields.Of(ref reader);
            reader.Read();
            var quote = reader.TokenType == JsonTokenType.String ? 1 : 0;
            slots.Set(field, new Slot((int)reader.TokenStartIndex + quote, reader.ValueSpan.Length, reader.TokenType, reader.ValueIsEscaped));
            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray && !TrySkip(ref reader)) defect = TooDeep;
        }

        return defect;
    }

    /// <returns>False when the value was nested too deeply; it has been passed all the same.</returns>
    private static bool TrySkip(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray)) return true;
        int depth = reader.CurrentDepth, deepest = depth;
        while (reader.Read() && reader.CurrentDepth > depth) deepest = Math.Max(deepest, reader.CurrentDepth);
        return deepest < MaxDepth;
    }
}
