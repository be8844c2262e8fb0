using System.Text;

namespace EventEngine.Bench.Load;

/// <summary>
/// Batches of 50 entries of about 340 bytes as a whole HTTP request, with ids that never repeat: the ids have a fixed width and are
/// written over in place, so that making a batch costs the load generator next to nothing.
/// </summary>
public sealed class Corpus
{
    public const int EntriesPerBatch = 50;
    private const int IdDigits = 15;
    private static readonly string[] Names = ["order.placed", "order.shipped", "payment.captured", "payment.failed", "invoice.issued", "stock.reserved"];
    private readonly byte[] _request;
    private readonly int[] _idOffsets;
    private readonly bool _rubyShape;

    private Corpus(byte[] request, int[] idOffsets, bool rubyShape) => (_request, _idOffsets, _rubyShape) = (request, idOffsets, rubyShape);

    public int BodyLength { get; private init; }

    public ReadOnlyMemory<byte> Body => _request.AsMemory(_request.Length - BodyLength);

    /// <param name="rubyShape">The Ruby gem's two lean entries an event instead of one complete entry.</param>
    public static Corpus Create(string path, string apiKey, bool keepAlive = true, bool rubyShape = false, int seed = 1, int entries = EntriesPerBatch)
    {
        var random = new Random(seed);
        var offsets = new List<int>();
        var body = new StringBuilder("{\"entries\":[");
        var now = DateTimeOffset.UtcNow.AddSeconds(-2);
        for (var i = 0; i < entries; i++)
        {
            if (i > 0) body.Append(',');
            body.Append("{\"event_id\":\"");
            offsets.Add(body.Length);
            body.Append('0', IdDigits).Append("\",");
            body.Append(rubyShape ? Lean(random, now, published: i % 2 == 1) : Complete(random, now)).Append('}');
        }

        body.Append("]}");
        var head = $"POST {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {apiKey}\r\nContent-Type: application/json\r\n" +
            $"X-EventEngine-Gem-Version: 0.1.0\r\nConnection: {(keepAlive ? "keep-alive" : "close")}\r\nContent-Length: {body.Length}\r\n\r\n";
        return new Corpus(Encoding.ASCII.GetBytes(head + body), [.. offsets.Select(offset => offset + head.Length)], rubyShape) { BodyLength = body.Length };
    }

    public Corpus Copy() => new([.. _request], _idOffsets, _rubyShape) { BodyLength = BodyLength };

    /// <summary>The whole request with ids from <paramref name="firstId"/> on.</summary>
    public ReadOnlyMemory<byte> Next(long firstId)
    {
        for (var i = 0; i < _idOffsets.Length; i++) WriteId(_request.AsSpan(_idOffsets[i], IdDigits), firstId + (_rubyShape ? i / 2 : i));
        return _request;
    }

    private static void WriteId(Span<byte> digits, long id)
    {
        for (var i = digits.Length - 1; i >= 0; i--, id /= 10) digits[i] = (byte)('0' + (id % 10));
    }

    private static string Complete(Random random, DateTimeOffset now)
    {
        var latency = (int)Math.Exp(3.5 + random.NextDouble() * 2);
        var occurred = now.AddMilliseconds(-random.Next(30_000));
        return $"\"event_name\":\"{Names[random.Next(Names.Length)]}\",\"event_type\":\"domain\",\"event_version\":{random.Next(1, 4)}," +
            $"\"idempotency_key\":\"{Guid.NewGuid()}\",\"status\":\"published\",\"attempts\":1,\"latency_ms\":{latency}," +
            $"\"occurred_at\":\"{occurred:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}\",\"published_at\":\"{occurred.AddMilliseconds(latency):yyyy-MM-dd'T'HH:mm:ss.fff'Z'}\"," +
            $"\"dead_lettered_at\":null,\"timestamp\":\"{occurred.AddMilliseconds(latency):yyyy-MM-dd'T'HH:mm:ss'Z'}\"";
    }

    private static string Lean(Random random, DateTimeOffset now, bool published)
    {
        var start = $"\"event_name\":\"{Names[random.Next(Names.Length)].Replace('.', '_')}\",\"event_version\":1,";
        return published
            ? $"{start}\"status\":\"published\",\"timestamp\":\"{now.AddSeconds(1):yyyy-MM-dd'T'HH:mm:ss'Z'}\""
            : $"{start}\"idempotency_key\":\"{Guid.NewGuid()}\",\"aggregate_type\":\"Order\",\"aggregate_id\":\"{random.Next(9999)}\"," +
              $"\"aggregate_version\":3,\"status\":\"emitted\",\"timestamp\":\"{now:yyyy-MM-dd'T'HH:mm:ss'Z'}\"";
    }
}
