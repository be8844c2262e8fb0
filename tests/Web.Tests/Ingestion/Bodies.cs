using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace EventEngine.Web.Tests.Ingestion;

internal static class Bodies
{
    public const string Good = """{"event_id":1,"event_name":"cow_fed","status":"emitted","timestamp":"2026-11-20T23:20:31Z"}""";

    public static string Of(params string[] entries) => $$"""{"entries":[{{string.Join(',', entries)}}]}""";

    public static string With(string fields) => $"{Good[..^1]},{fields}}}";

    public static byte[] Recording(string name) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Recordings", name));

    public static byte[] Gzip(byte[] body)
    {
        var zipped = new MemoryStream();
        using (var gzip = new GZipStream(zipped, CompressionLevel.Fastest)) gzip.Write(body);
        return zipped.ToArray();
    }

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    public static async Task<JsonElement> JsonAsync(this HttpResponseMessage response) =>
        JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;

    public static async Task ShouldBeProblemAsync(this HttpResponseMessage response, int status, string code, string message)
    {
        var body = await response.JsonAsync();
        ((int)response.StatusCode).ShouldBe(status);
        body.GetProperty("error").GetString().ShouldBe(code);
        body.GetProperty("message").GetString()!.ShouldContain(message);
    }
}
