using System.Diagnostics;
using System.IO.Compression;
using System.Net;
using System.Text;
using EventEngine.Infrastructure.Outbound;
using EventEngine.Testing;

namespace EventEngine.Infrastructure.Tests.Outbound;

/// <summary>Whoever answers us may mean us harm: it costs him five seconds, and us no more than was to be taken.</summary>
public sealed class HostileServerTests : IAsyncDisposable
{
    // The limit is five seconds; a busy machine may take a while to notice.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(12);
    private static readonly byte[] Endless = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"u8.ToArray(), Chunk = Encoding.ASCII.GetBytes($"10000\r\n{new string(' ', 0x10000)}\r\n");
    private readonly Outgoing _outgoing = new("127.0.0.0/8");

    public ValueTask DisposeAsync() => _outgoing.DisposeAsync();

    [Theory]
    [InlineData("301 Moved Permanently")]
    [InlineData("302 Found")]
    [InlineData("307 Temporary Redirect")]
    [InlineData("308 Permanent Redirect")]
    public async Task A_redirect_is_not_followed(string status)
    {
        await using var secret = RawServer.Answering("200 OK", "secret");
        await using var server = RawServer.Answering(status, "", $"Location: {secret.Address}\r\n");

        var answer = await _outgoing.GetAsync(server.Address);

        ((int)answer.Status!).ShouldBe(int.Parse(status[..3]));
        secret.Requests.ShouldBeEmpty();
    }

    /// <summary>All at once, so that the test takes no longer than the slowest.</summary>
    [Fact]
    public async Task Who_does_not_answer_in_time_is_cut_off()
    {
        await using var silent = new RawServer((_, _, ct) => Task.Delay(Timeout.Infinite, ct));
        await using var dripping = new RawServer((_, stream, ct) => DripAsync(stream, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n" + new string('x', 100), ct));
        await using var neverEndingHead = new RawServer((_, stream, ct) => DripAsync(stream, "HTTP/1.1 200 OK\r\nX: " + new string('x', 10_000), ct));
        await using var informing = new RawServer((_, stream, ct) => RepeatAsync(stream, "HTTP/1.1 100 Continue\r\n\r\n"u8.ToArray(), TimeSpan.FromMilliseconds(20), ct));
        await using var drippingBody = new RawServer(async (_, stream, ct) =>
        {
            await stream.WriteAsync(Endless, ct);
            await RepeatAsync(stream, "1\r\nx\r\n"u8.ToArray(), TimeSpan.FromMilliseconds(100), ct);
        });

        var took = Stopwatch.StartNew();
        var asked = new[] { silent, dripping, neverEndingHead, informing, drippingBody };
        var answers = await Task.WhenAll(asked.Select(server => _outgoing.GetAsync(server.Address))).WaitAsync(Patience);

        answers.Select(answer => answer.Outcome).ShouldAllBe(outcome => outcome == OutboundOutcome.TimedOut);
        answers.Select(answer => answer.Body.Length).ShouldAllBe(length => length == 0);
        answers[0].Reason.ShouldBe("127.0.0.1 had not answered in full within 5 s.");
        took.Elapsed.ShouldBeGreaterThan(OutboundHttp.Whole - TimeSpan.FromMilliseconds(100));
    }

    [Fact]
    public async Task A_name_that_is_never_found_is_cut_off_too()
    {
        await using var outgoing = new Outgoing().NamingNever("slow.example");

        var answer = await outgoing.GetAsync(new Uri("http://slow.example/")).WaitAsync(Patience);

        answer.Outcome.ShouldBe(OutboundOutcome.Unreachable);
        answer.Reason.ShouldBe("slow.example accepted no connection within 3 s.");
    }

    [Fact]
    public async Task An_answer_without_end_is_read_no_further_than_allowed()
    {
        var sent = 0L;
        await using var server = new RawServer(async (_, stream, ct) =>
        {
            await stream.WriteAsync(Endless, ct);
            for (; ; sent += 0x10000) await stream.WriteAsync(Chunk, ct);
        });

        var answer = await _outgoing.GetAsync(server.Address).WaitAsync(Patience);

        answer.ShouldBe(new OutboundAnswer(OutboundOutcome.TooLarge, HttpStatusCode.OK, default, "127.0.0.1 answered more than 1,024 KiB."));
        Interlocked.Read(ref sent).ShouldBeLessThan(64 << 20); // buffers of the machine between us, and nothing beyond
    }

    [Fact]
    public async Task An_answer_that_announces_too_much_is_not_read_at_all()
    {
        await using var server = new RawServer(async (_, stream, ct) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 1048577\r\n\r\n"u8.ToArray(), ct);
            await Task.Delay(Timeout.Infinite, ct);
        });

        (await _outgoing.GetAsync(server.Address).WaitAsync(Patience)).Outcome.ShouldBe(OutboundOutcome.TooLarge);
    }

    [Theory]
    [InlineData(Outgoing.Most, OutboundOutcome.Answered)]
    [InlineData(Outgoing.Most + 1, OutboundOutcome.TooLarge)]
    public async Task The_limit_is_exact(int length, OutboundOutcome outcome)
    {
        await using var announced = RawServer.Answering("200 OK", new string('x', length));
        await using var chunked = new RawServer((_, stream, ct) =>
            stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{length:x}\r\n{new string('x', length)}\r\n0\r\n\r\n"), ct).AsTask());

        foreach (var server in new[] { announced, chunked }) (await _outgoing.GetAsync(server.Address)).Outcome.ShouldBe(outcome);
    }

    /// <summary>100 MiB of zeros are 100 KiB on the wire: they stay so.</summary>
    [Fact]
    public async Task What_is_packed_is_not_unpacked()
    {
        var bomb = Bomb();
        await using var server = new RawServer(async (_, stream, ct) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {bomb.Length}\r\n\r\n"), ct);
            await stream.WriteAsync(bomb, ct);
        });

        var answer = await _outgoing.GetAsync(server.Address);

        answer.Body.Length.ShouldBe(bomb.Length);
        server.Requests.ShouldHaveSingleItem().ShouldNotContain("Accept-Encoding", Case.Insensitive);
    }

    [Fact]
    public async Task Headers_without_end_are_cut_off()
    {
        await using var server = new RawServer(async (_, stream, ct) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\n"u8.ToArray(), ct);
            await RepeatAsync(stream, Encoding.ASCII.GetBytes($"X-More: {new string('x', 1000)}\r\n"), TimeSpan.Zero, ct);
        });

        (await _outgoing.GetAsync(server.Address).WaitAsync(Patience)).Outcome.ShouldBe(OutboundOutcome.Broken);
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf")]
    [InlineData("SSH-2.0-OpenSSH_9.6\r\n")]
    public async Task Half_an_answer_or_another_protocol_is_a_broken_connection(string bytes)
    {
        await using var server = new RawServer((_, stream, ct) => stream.WriteAsync(Encoding.ASCII.GetBytes(bytes), ct).AsTask());

        var answer = await _outgoing.GetAsync(server.Address).WaitAsync(Patience);

        answer.Outcome.ShouldBe(OutboundOutcome.Broken);
        answer.Reason.ShouldBe("127.0.0.1 ended the connection before its answer was whole, or answered what is no HTTP.");
    }

    /// <summary>The server may have done what it was asked for before it went away.</summary>
    [Fact]
    public async Task A_request_that_changes_something_is_never_sent_twice()
    {
        var requests = 0;
        await using var server = new RawServer(
            async (_, stream, ct) =>
            {
                if (Interlocked.Increment(ref requests) % 2 == 0) throw new IOException("gone without a word");
                await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"u8.ToArray(), ct);
            },
            keepsAlive: true);

        (await _outgoing.PostAsync(server.Address)).Outcome.ShouldBe(OutboundOutcome.Answered);
        (await _outgoing.PostAsync(server.Address)).Outcome.ShouldBe(OutboundOutcome.Broken); // over the connection that was kept

        server.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task No_cookie_is_sent_back()
    {
        await using var server = RawServer.Answering("200 OK", "{}", "Set-Cookie: session=1\r\n");

        await _outgoing.GetAsync(server.Address);
        await _outgoing.GetAsync(server.Address);

        server.Requests.ShouldAllBe(request => !request.Contains("Cookie", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Who_gives_up_waiting_is_told_so()
    {
        using var givingUp = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        await using var server = new RawServer((_, _, ct) => Task.Delay(Timeout.Infinite, ct));

        await Should.ThrowAsync<OperationCanceledException>(() => _outgoing.GetAsync(server.Address, ct: givingUp.Token).WaitAsync(Patience));
    }

    private static Task DripAsync(Stream stream, string text, CancellationToken ct) => DripAsync(stream, Encoding.ASCII.GetBytes(text), ct);

    private static async Task DripAsync(Stream stream, byte[] bytes, CancellationToken ct)
    {
        foreach (var one in bytes)
        {
            await stream.WriteAsync(new[] { one }, ct);
            await Task.Delay(TimeSpan.FromMilliseconds(100), ct);
        }
    }

    private static async Task RepeatAsync(Stream stream, byte[] bytes, TimeSpan pause, CancellationToken ct)
    {
        while (true)
        {
            await stream.WriteAsync(bytes, ct);
            if (pause > TimeSpan.Zero) await Task.Delay(pause, ct);
        }
    }

    private static byte[] Bomb()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            var zeros = new byte[1 << 20];
            for (var i = 0; i < 100; i++) gzip.Write(zeros);
        }

        return packed.ToArray();
    }
}
