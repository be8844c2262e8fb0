using System.Threading.Channels;
using EventEngine.Application.Apps;
using EventEngine.Domain.Apps;

namespace EventEngine.Application.Ingestion;

/// <summary>
/// Requests that were turned away, on their way to the pages that wait for them. A request leaves only a note here: whose it was is looked
/// up later, for all together. What is beyond the room is forgotten, so that a flood costs no more than this room.
/// </summary>
public sealed class RefusedRequests(TimeProvider time)
{
    /// <summary>Where nodes hear, app by app, that something was refused.</summary>
    public const string Channel = "ingest_refused";

    public const int MaxStrangers = 256, MaxRefusals = 1_024;

    private const int LongestMessage = 300;

    private readonly Lock _lock = new();
    private readonly Channel<bool> _news = System.Threading.Channels.Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private Dictionary<KeyDigest, StrangeKey> _strangers = [];
    private Dictionary<(AppId, string, string), Refusal> _refusals = [];

    public void Note(AppId app, string reason, string message)
    {
        if (message.Length > LongestMessage) message = message[..LongestMessage];
        var refusal = new Refusal(app, reason, message, time.GetUtcNow(), 1);
        lock (_lock)
        {
            var key = (app, reason, message);
            if (_refusals.TryGetValue(key, out var known)) refusal = refusal with { Count = known.Count + 1 };
            else if (_refusals.Count >= MaxRefusals) return;
            _refusals[key] = refusal;
        }

        _news.Writer.TryWrite(true);
    }

    /// <param name="sent">The key, of which only digests are kept.</param>
    public void NoteStranger(ReadOnlySpan<char> sent, KeyDigest digest)
    {
        lock (_lock)
        {
            if (_strangers.TryGetValue(digest, out var known)) _strangers[digest] = known with { At = time.GetUtcNow(), Count = known.Count + 1 };
            else if (_strangers.Count >= MaxStrangers) return;
            else _strangers[digest] = new StrangeKey(new SentKey(digest.ToArray(), ApiKey.DigestOfBeginning(sent), sent.Length), time.GetUtcNow(), 1);
        }

        _news.Writer.TryWrite(true);
    }

    /// <summary>Waits until there is something to take.</summary>
    public async Task WaitAsync(CancellationToken ct) => await _news.Reader.ReadAsync(ct);

    public (IReadOnlyList<Refusal> Refusals, IReadOnlyList<StrangeKey> Strangers) Take()
    {
        lock (_lock)
        {
            var taken = (_refusals.Values.ToList(), _strangers.Values.ToList());
            (_refusals, _strangers) = ([], []);
            return taken;
        }
    }
}
