namespace EventEngine.Infrastructure.Outbound;

internal static class OutboundBody
{
    private const int First = 16 << 10;

    /// <returns>Null when there is more than that: what is announced as longer is not read at all.</returns>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpContent content, int atMost, CancellationToken ct)
    {
        if (atMost == 0) return ReadOnlyMemory<byte>.Empty;
        if (content.Headers.ContentLength > atMost) return null;
        await using var stream = await content.ReadAsStreamAsync(ct);
        var buffer = new byte[Math.Min(First, atMost + 1)];
        var length = 0;
        while (await stream.ReadAsync(buffer.AsMemory(length), ct) is var read and > 0)
        {
            length += read;
            if (length > atMost) return null;
            if (length == buffer.Length) Array.Resize(ref buffer, Math.Min(buffer.Length * 2, atMost + 1));
        }

        return buffer.AsMemory(0, length);
    }
}
