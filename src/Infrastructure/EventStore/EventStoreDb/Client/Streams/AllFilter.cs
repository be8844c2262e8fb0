using EventEngine.Infrastructure.EventStore.EventStoreDb.Client.Protocol;

namespace EventEngine.Infrastructure.EventStore.EventStoreDb.Client.Streams;

/// <summary>What the server is to send of everything. Where the server compares in its own language's way, it may send a little more.</summary>
public sealed record AllFilter
{
    private AllFilter(bool byStream, string regex, IReadOnlyList<string> prefixes) => (ByStream, Regex, Prefixes) = (byStream, regex, prefixes);

    /// <summary>No system streams, whose names begin with a dollar sign.</summary>
    public static AllFilter NoSystemStreams { get; } = new(true, "^[^\\$]", []);

    private bool ByStream { get; }

    private string Regex { get; }

    private IReadOnlyList<string> Prefixes { get; }

    public static AllFilter Streams(params IReadOnlyList<string> prefixes) => new(true, "", prefixes);

    public static AllFilter EventTypes(params IReadOnlyList<string> prefixes) => new(false, "", prefixes);

    /// <param name="window">How many events are looked at between two pages and between two checkpoints.</param>
    internal ReadRequest.Types.Filter ToMessage(uint window)
    {
        var expression = new ReadRequest.Types.Expression { Regex = Regex, Prefixes = { Prefixes } };
        var filter = new ReadRequest.Types.Filter { Max = window, CheckpointWindows = 1 };
        if (ByStream) filter.Stream = expression;
        else filter.EventType = expression;
        return filter;
    }
}
