using EventEngine.Application.EventStore;

namespace EventEngine.Infrastructure.EventStore.EventStoreDb;

/// <summary>How EventStoreDB counts an append against its limit.</summary>
internal static class AppendSize
{
    public const long Limit = 1 << 20;

    /// <summary>In bytes.</summary>
    public static long Of(IReadOnlyList<NewEvent> events)
    {
        var bytes = 0L;
        for (var i = 0; i < events.Count; i++) bytes += events[i].Data.Length + events[i].Metadata.Length + (2 * events[i].Type.Length);
        return bytes;
    }
}
