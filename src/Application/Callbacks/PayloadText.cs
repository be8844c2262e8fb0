using System.Text;
using System.Text.Json;

namespace EventEngine.Application.Callbacks;

internal static class PayloadText
{
    private const int Deepest = 256;
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <returns>Null when it is no JSON.</returns>
    public static string? Read(ReadOnlyMemory<byte> body)
    {
        var json = body.Span.StartsWith(Encoding.UTF8.Preamble) ? body.Span[Encoding.UTF8.Preamble.Length..] : body.Span;
        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = Deepest });
            while (reader.Read())
            {
                // Reading to the end is the proof.
            }

            return Strict.GetString(json);
        }
        catch (Exception error) when (error is JsonException or DecoderFallbackException)
        {
            return null;
        }
    }
}
