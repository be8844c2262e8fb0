using EventEngine.Application.EventStore;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Shared;

namespace EventEngine.Application.Retention;

internal static class EntriesOfDay
{
    /// <returns>The last event that was received on a day; null when there is none, or the day was deleted.</returns>
    public static async Task<RecordedEvent?> FindLastAsync(IEventStore store, AppId app, DateOnly day, CancellationToken ct)
    {
        await foreach (var last in store.ReadStreamAsync(StreamName.Entries(app, day), ReadDirection.Backwards, limit: 1, ct: ct)) return last;
        return null;
    }
}
