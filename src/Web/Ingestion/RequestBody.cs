using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;

namespace EventEngine.Web.Ingestion;

/// <summary>Reads a body into pooled memory, unzipped, and never more of it than the limit.</summary>
internal static class RequestBody
{
    public const int MaxBytes = 1 << 20;

    private const string Gzip = "gzip";

    /// <returns>The body, to be disposed, or why there is none.</returns>
    public static async Task<(PooledBytes? Body, IngestProblem? Problem)> ReadAsync(HttpRequest request, InFlightBytes inFlight)
    {
        if (!IsJson(request.ContentType)) return (null, IngestProblem.UnknownMediaType);
        var encoding = request.Headers.ContentEncoding.ToString();
        var isGzip = encoding.Equals(Gzip, StringComparison.OrdinalIgnoreCase);
        if (!isGzip && encoding.Length > 0 && !encoding.Equals("identity", StringComparison.OrdinalIgnoreCase)) return (null, IngestProblem.UnknownEncoding);
        if (request.ContentLength > MaxBytes) return (null, IngestProblem.BodyTooLarge);

        var body = new PooledBytes(MaxBytes, inFlight);
        var problem = await FillAsync(body, request);
        if (problem is null && isGzip)
        {
            using var zipped = body;
            body = new PooledBytes(MaxBytes, inFlight);
            problem = Unzip(zipped, body);
        }

        if (problem is null) return (body, null);
        body.Dispose();
        return (null, problem);
    }

    private static async Task<IngestProblem?> FillAsync(PooledBytes body, HttpRequest request)
    {
        try
        {
            while (true)
            {
                var read = await request.BodyReader.ReadAsync(request.HttpContext.RequestAborted);
                IngestProblem? problem = null;
                foreach (var segment in read.Buffer) problem ??= body.Append(segment.Span);
                request.BodyReader.AdvanceTo(read.Buffer.End);
                if (problem is not null || read.IsCompleted) return problem;
            }
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    /// <summary>Stops at the limit, however much a small body would unfold to.</summary>
    private static IngestProblem? Unzip(PooledBytes zipped, PooledBytes body)
    {
        var chunk = ArrayPool<byte>.Shared.Rent(32 * 1024);
        try
        {
            using var unzipped = new GZipStream(zipped.AsStream(), CompressionMode.Decompress);
            while (unzipped.Read(chunk) is > 0 and var count)
                if (body.Append(chunk.AsSpan(0, count)) is { } problem) return problem;
            return IsWhole(zipped.Memory.Span, body.Memory.Length) ? null : IngestProblem.InvalidGzip;
        }
        catch (InvalidDataException)
        {
            return IngestProblem.InvalidGzip;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }
    }

    /// <summary>GZipStream takes a cut stream for a whole one, so its trailer is checked here: the last four bytes are the unzipped length.</summary>
    private static bool IsWhole(ReadOnlySpan<byte> zipped, int length) =>
        zipped.Length >= sizeof(int) && BinaryPrimitives.ReadInt32LittleEndian(zipped[^sizeof(int)..]) == length;

    private static bool IsJson(string? contentType)
    {
        if (string.IsNullOrEmpty(contentType) || contentType == "application/json") return true;
        return MediaTypeHeaderValue.TryParse(contentType, out var type)
            && "application/json".Equals(type.MediaType, StringComparison.OrdinalIgnoreCase)
            && (type.CharSet is null || Encoding.UTF8.WebName.Equals(type.CharSet.Trim('"'), StringComparison.OrdinalIgnoreCase));
    }
}
