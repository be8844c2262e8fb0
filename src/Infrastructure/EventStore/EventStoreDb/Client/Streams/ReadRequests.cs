using EventEngine.Infrastructure.EventStore.EventStoreDb.Client.Protocol;
using Options = EventEngine.Infrastructure.EventStore.EventStoreDb.Client.Protocol.ReadRequest.Types.Options;

namespace EventEngine.Infrastructure.EventStore.EventStoreDb.Client.Streams;

/// <summary>The questions behind reads and subscriptions.</summary>
internal static class ReadRequests
{
    private const uint Window = 1_000;

    public static ReadRequest OfStream(string stream, bool backwards, long? from, long count)
    {
        var source = new ReadRequest.Types.OfStream { Stream = Wire.Name(stream) };
        if (from is { } revision) source.Revision = (ulong)revision;
        else if (backwards) source.End = Wire.Empty;
        else source.Start = Wire.Empty;
        return Reading(new Options { Stream = source, NoFilter = Wire.Empty }, backwards, count);
    }

    public static ReadRequest OfAll(bool backwards, LogPlace? from, long count, AllFilter? filter)
    {
        var options = new Options { All = AllFrom(from, backwards) };
        if (filter is null) options.NoFilter = Wire.Empty;
        else options.Filter = filter.ToMessage(Window);
        return Reading(options, backwards, count);
    }

    /// <param name="checkpointEvery">How many events are looked at between two checkpoints, from 1.</param>
    public static ReadRequest Subscription(LogPlace? after, bool fromEnd, AllFilter filter, uint checkpointEvery) => new()
    {
        Options = Common(new Options { All = AllFrom(after, fromEnd), Filter = filter.ToMessage(checkpointEvery), Subscription = Wire.Empty }),
    };

    private static ReadRequest Reading(Options options, bool backwards, long count)
    {
        options.Direction = backwards ? ReadRequest.Types.Direction.Backwards : ReadRequest.Types.Direction.Forwards;
        options.Count = (ulong)count;
        return new ReadRequest { Options = Common(options) };
    }

    private static ReadRequest.Types.OfAll AllFrom(LogPlace? from, bool end)
    {
        if (from is { } place) return new ReadRequest.Types.OfAll { Position = Wire.Position(place) };
        return end ? new ReadRequest.Types.OfAll { End = Wire.Empty } : new ReadRequest.Types.OfAll { Start = Wire.Empty };
    }

    private static Options Common(Options options)
    {
        options.UuidForm = new ReadRequest.Types.UuidForm { Bits = Wire.Empty };
        options.Control = new ReadRequest.Types.Control { Compatibility = 1 };
        return options;
    }
}
